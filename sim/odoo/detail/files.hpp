// Files: rows of ir.attachment, and the binary fields whose values are such rows.
#pragma once

#include "sim/odoo/detail/env.hpp"

namespace syncline::sim::odoo_detail {

// Odoo keeps what a file holds on disk: the row says where, how much, and its SHA-1.
void complete_attachment(json::Object& values);

// The row behind a binary field of a record (Field::attached); 0 when it is empty.
std::int64_t file_of(const Env& env, const Model& model, std::int64_t id, std::string_view field);
// After the field was given a value: makes, changes or deletes the row, and those of the smaller pictures that follow
// from it. They hold the same bytes: nothing is scaled here.
void keep_file(Env& env, const Model& model, std::int64_t id, const Field& field, const Cell& base64);
// All files of records that are deleted.
void drop_files(Env& env, const Model& model, const Ids& ids);

}  // namespace syncline::sim::odoo_detail
