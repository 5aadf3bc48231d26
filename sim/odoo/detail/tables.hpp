// The models of Odoo 19 that are simulated, as data.
#pragma once

#include <string_view>

namespace syncline::sim::odoo_detail {

extern const std::string_view kPartnerFields;
extern const std::string_view kUserFields;
extern const std::string_view kCompanyFields;
extern const std::string_view kProjectFields;
extern const std::string_view kTaskFields;
extern const std::string_view kStageFields;
extern const std::string_view kMilestoneFields;
extern const std::string_view kTagFields;
extern const std::string_view kActivityFields;
extern const std::string_view kActivityTypeFields;
extern const std::string_view kMessageFields;
extern const std::string_view kIrModelFields;
extern const std::string_view kModelDataFields;
extern const std::string_view kCountryFields;
extern const std::string_view kCurrencyFields;
extern const std::string_view kPartnerCategoryFields;

// The addon ipai_ppm.
extern const std::string_view kPpmProjectFields;
extern const std::string_view kPpmTaskFields;
extern const std::string_view kPpmMilestoneFields;
extern const std::string_view kPortfolioFields;
extern const std::string_view kDeploymentFields;
extern const std::string_view kShipReviewFields;

}  // namespace syncline::sim::odoo_detail
