//! Income of the family (民发〔2021〕57号第十二、十三条), exact to the fraction.

use super::{
    codes::IncomeBasis,
    findings::Findings,
    form::{Form, Income},
    params::Params,
};

/// An exact amount per month: `numerator / denominator` fen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Monthly {
    /// Fen times the denominator.
    pub numerator: i128,
    /// Positive.
    pub denominator: i128,
}

impl Monthly {
    /// Whole fen, the rest cut off; for display only.
    #[must_use]
    pub fn floor(self) -> i64 {
        i64::try_from(self.numerator.div_euclid(self.denominator)).unwrap_or(i64::MAX)
    }

    /// Divided by a head count; zero heads leave it as it is.
    #[must_use]
    pub fn per_head(self, heads: usize) -> Self {
        let heads = i128::try_from(heads.max(1)).unwrap_or(1);
        Self {
            numerator: self.numerator,
            denominator: self.denominator * heads,
        }
    }

    /// Whether it is strictly less than `fen`.
    #[must_use]
    pub fn below(self, fen: i128) -> bool {
        self.numerator < fen * self.denominator
    }
}

/// Sum of one person's counted kinds in twelve months, fen; job costs are off.
fn yearly(income: &Income) -> i128 {
    let gross = [
        income.wage,
        income.business,
        income.property,
        income.transfer,
        income.other,
    ];
    let sum: i128 = gross.iter().map(|fen| i128::from(fen.0)).sum();
    let net = sum - i128::from(income.job_costs.0);
    match income.basis {
        IncomeBasis::Monthly => net * 12,
        IncomeBasis::Yearly => net,
    }
}

/// Net income per month of the persons in `counted`, at least zero.
#[must_use]
pub fn net(form: &Form, findings: &Findings, counted: &[usize], params: &Params) -> Monthly {
    let months = i128::from(params.income_months.max(1));
    let declared: i128 = form
        .everybody()
        .filter(|one| counted.contains(&one.index))
        .map(|one| yearly(&one.about.income))
        .sum();
    let found = findings
        .yearly_income
        .map_or(declared, |fen| i128::from(fen.0));
    // Money the law leaves out only for a time counts for the months it does count.
    let dated: i128 = form
        .uncounted
        .iter()
        .map(|row| {
            let counted = params.counted_months.get(&row.kind).copied().unwrap_or(0);
            i128::from(row.yearly.0) * i128::from(counted)
        })
        .sum();
    let costs = if params.deduct_rigid_costs {
        rigid_costs(form, findings)
    } else {
        0
    };
    let over_period = (found - costs) * months + dated;
    Monthly {
        numerator: over_period.max(0),
        denominator: 12 * months,
    }
}

/// Recognised costs of illness and disability in twelve months, fen.
fn rigid_costs(form: &Form, findings: &Findings) -> i128 {
    let costs = &form.rigid_costs;
    let declared = i128::from(costs.medical.0) + i128::from(costs.rehabilitation.0);
    findings
        .yearly_costs
        .map_or(declared, |fen| i128::from(fen.0))
}
