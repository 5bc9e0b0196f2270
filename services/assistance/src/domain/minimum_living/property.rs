//! Property of the family (rules A3.3); all limits are local parameters.

use super::{
    codes::Business,
    findings::Findings,
    form::Form,
    params::{Params, PropertyLimits},
};

/// What stands against the family's property.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PropertyIssue {
    /// Deposits and the like above the limit.
    Financial,
    /// More dwellings than allowed.
    Dwellings,
    /// A vehicle that counts.
    Vehicle,
    /// A company or a business with employees.
    Business,
}

impl PropertyIssue {
    /// Chinese sentence part.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Financial => "金融资产超过规定",
            Self::Dwellings => "住房套数超过规定",
            Self::Vehicle => "拥有非豁免的机动车辆",
            Self::Business => "有市场主体登记",
        }
    }
}

/// Everything against the family's property, `heads` persons counted.
#[must_use]
pub fn issues(
    form: &Form,
    findings: &Findings,
    heads: usize,
    params: &Params,
) -> Vec<PropertyIssue> {
    let PropertyLimits {
        financial_multiple,
        dwellings,
        exempt_vehicles,
        small_shop_exempt,
    } = &params.property;
    let assets = &form.assets;
    let mut issues = Vec::new();
    let heads = i128::try_from(heads).unwrap_or(0);
    let limit = i128::from(params.standard.0) * i128::from(*financial_multiple) * heads;
    let financial = findings.financial_assets.unwrap_or(assets.financial);
    if i128::from(financial.0) > limit {
        issues.push(PropertyIssue::Financial);
    }
    if findings
        .dwellings
        .unwrap_or_else(|| u32::from(assets.dwellings))
        > *dwellings
    {
        issues.push(PropertyIssue::Dwellings);
    }
    let counts = assets
        .vehicles
        .iter()
        .any(|row| !exempt_vehicles.contains(&row.kind));
    if findings.counted_vehicle.unwrap_or(counts) {
        issues.push(PropertyIssue::Vehicle);
    }
    let business = match assets.business {
        Business::None => false,
        Business::SmallShop => !small_shop_exempt,
        Business::Company => true,
    };
    if findings.counted_business.unwrap_or(business) {
        issues.push(PropertyIssue::Business);
    }
    issues
}
