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

// Trade.
extern const std::string_view kProductTemplateFields;
extern const std::string_view kProductVariantFields;
extern const std::string_view kProductAttributeFields;
extern const std::string_view kAttributeValueFields;
extern const std::string_view kAttributeLineFields;
extern const std::string_view kTemplateValueFields;
extern const std::string_view kProductCategoryFields;
extern const std::string_view kUomFields;
extern const std::string_view kPricelistFields;
extern const std::string_view kPricelistItemFields;
extern const std::string_view kTaxFields;
extern const std::string_view kFiscalPositionFields;
extern const std::string_view kPaymentTermFields;
extern const std::string_view kPaymentTermLineFields;
extern const std::string_view kTaxGroupFields;
extern const std::string_view kJournalFields;
extern const std::string_view kAccountFields;
extern const std::string_view kInvoiceFields;
extern const std::string_view kInvoiceLineFields;
extern const std::string_view kSaleOrderFields;
extern const std::string_view kSaleLineFields;
extern const std::string_view kQuantFields;
extern const std::string_view kLocationFields;
extern const std::string_view kWarehouseFields;
extern const std::string_view kPickingFields;
extern const std::string_view kStockMoveFields;
extern const std::string_view kPickingTypeFields;
extern const std::string_view kCarrierFields;
extern const std::string_view kPaymentProviderFields;
extern const std::string_view kPaymentMethodFields;
extern const std::string_view kLoyaltyProgramFields;
extern const std::string_view kAttachmentFields;

}  // namespace syncline::sim::odoo_detail
