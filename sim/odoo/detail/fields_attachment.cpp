// The fields of ir.attachment.
// One line per field: name|type|flags|label|relation|inverse|related|selection. Flags: s stored, q searchable, o
// sortable, r read-only, R required, c company-dependent, t translated. As Odoo 19 Community describes them.
#include "sim/odoo/detail/tables.hpp"

namespace syncline::sim::odoo_detail {

const std::string_view kAttachmentFields = R"odoo(
access_token|char|sqo|Access Token
checksum|char|sqor|Checksum/SHA1
company_id|many2one|sqo|Company|res.company
create_date|datetime|sqor|Created on
create_uid|many2one|sqor|Created by|res.users
datas|binary||File Content (base64)
db_datas|binary|sqo|Database Data
description|text|sqo|Description
display_name|char|qr|Display Name
file_size|integer|sqor|File Size
has_thumbnail|boolean|r|Has Thumbnail
id|integer|sqor|ID
image_height|integer|r|Image Height
image_src|char|r|Image Src
image_width|integer|r|Image Width
index_content|text|sqor|Indexed Content
local_url|char|r|Attachment URL
mimetype|char|sqor|Mime Type
name|char|sqoR|Name
original_id|many2one|sqo|Original (unoptimized, unresized) attachment|ir.attachment
public|boolean|sqo|Is public document
raw|binary||File Content (raw)
res_field|char|sqo|Resource Field
res_id|many2one_reference|sqo|Resource ID
res_model|char|sqo|Resource Model
res_name|char|r|Resource Name
store_fname|char|sqo|Stored Filename
thumbnail|binary|sq|Thumbnail
type|selection|sqoR|Type||||url=URL;binary=File
url|char|sqo|Url
voice_ids|one2many|sq|Voice|discuss.voice.metadata|attachment_id
write_date|datetime|sqor|Last Updated on
write_uid|many2one|sqor|Last Updated by|res.users
)odoo";

}  // namespace syncline::sim::odoo_detail
