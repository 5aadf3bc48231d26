// The described tables, in two files because they are long.
#pragma once

#include <vector>

#include "promote/table.hpp"

namespace syncline::promote::detail {

Table tax_table();
Table category_table();
Table customer_table();
Table address_table();
Table product_table();
Table variant_table();
Table stock_table();
Table order_table();
Table order_item_table();

}  // namespace syncline::promote::detail
