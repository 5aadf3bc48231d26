// Every handler of the API, one function per path.
#pragma once

#include "sim/plane/detail/call.hpp"

namespace syncline::sim::plane {

Answer users_me(Call& call);
Answer workspace_root(Call& call);
Answer workspace_members(Call& call);

Answer projects(Call& call);
Answer project(Call& call);
Answer project_archive(Call& call);
Answer project_summary(Call& call);
Answer project_members(Call& call);
Answer project_member(Call& call);

Answer states(Call& call);
Answer state(Call& call);
Answer labels(Call& call);
Answer label(Call& call);

Answer cycles(Call& call);
Answer cycle(Call& call);
Answer cycle_archive(Call& call);
Answer archived_cycles(Call& call);
Answer cycle_unarchive(Call& call);
Answer cycle_items(Call& call);
Answer cycle_item(Call& call);
Answer cycle_transfer(Call& call);

Answer modules(Call& call);
Answer module_detail(Call& call);
Answer module_items(Call& call);
Answer module_item(Call& call);

Answer items(Call& call);
Answer item(Call& call);
Answer item_by_key(Call& call);
Answer search_items(Call& call);

Answer relations(Call& call);
Answer comments(Call& call);
Answer comment(Call& call);
Answer links(Call& call);
Answer link(Call& call);
Answer activities(Call& call);
Answer activity(Call& call);
Answer attachments(Call& call);
Answer attachment(Call& call);
Answer intake_items(Call& call);

}  // namespace syncline::sim::plane
