//! The test of the law: household, income, property, class and amount.
//! Pure and total: it never fails, so that it can be run at any moment.

use jiff::civil::Date;
use yiwang_civic::money::Fen;

use super::{
    amount::{self, Share},
    codes::Scope,
    findings::Findings,
    form::{Form, Someone},
    household::{Household, jobless_severely_disabled, may_apply_alone},
    income::{self, Monthly},
    params::Params,
    property::{self, PropertyIssue},
};

/// What an assessment depends on.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// As declared.
    pub form: &'a Form,
    /// As found.
    pub findings: &'a Findings,
    /// Indices of persons who died.
    pub dead: &'a [usize],
    /// Tier chosen by the officers, where the county pays by tier.
    pub tier: Option<&'a str>,
    /// Parameters of the day.
    pub params: &'a Params,
    /// The legally relevant day, Beijing time.
    pub day: Date,
}

/// The result of the test.
#[derive(Debug, Clone)]
pub struct Assessment {
    /// Who counts in the family.
    pub household: Household,
    /// Who is supported: all who count, or one person alone.
    pub supported: Vec<usize>,
    /// Net income a month of those supported.
    pub net: Monthly,
    /// The same per head.
    pub per_head: Monthly,
    /// Per head of the whole family; differs for one person alone.
    pub family_per_head: Monthly,
    /// Everything against the property.
    pub property: Vec<PropertyIssue>,
    /// What they come to.
    pub class: Class,
    /// Every reason against it.
    pub reasons: Vec<Reason>,
    /// Shares a month, were it granted.
    pub shares: Vec<Share>,
}

/// Class of hardship.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// 最低生活保障.
    MinimumLiving,
    /// 最低生活保障, one person alone 参照单人户.
    SinglePerson,
    /// Edge family 低保边缘家庭: to be offered with the applicant's consent.
    Edge,
    /// None of these.
    Neither,
}

impl Class {
    /// Chinese label.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::MinimumLiving => "最低生活保障",
            Self::SinglePerson => "最低生活保障（参照单人户）",
            Self::Edge => "不符合最低生活保障，可申请最低生活保障边缘家庭认定",
            Self::Neither => "不符合最低生活保障",
        }
    }

    /// Whether it is paid.
    #[must_use]
    pub fn is_granted(self) -> bool {
        matches!(self, Self::MinimumLiving | Self::SinglePerson)
    }
}

/// Why it is not granted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// Income per head is not below the standard.
    IncomeOver,
    /// Property above the limits.
    PropertyOver,
    /// Not a household that may apply like this: nobody counts, somebody is
    /// left out, or one person alone who must apply with the family.
    NotAHousehold,
}

impl Reason {
    /// Stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::IncomeOver => "income_over",
            Self::PropertyOver => "property_over",
            Self::NotAHousehold => "not_a_household",
        }
    }

    /// Chinese sentence part.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::IncomeOver => "家庭月人均收入不低于当地最低生活保障标准",
            Self::PropertyOver => "家庭财产状况不符合当地规定",
            Self::NotAHousehold => "不符合以家庭为单位（或单人户）申请的规定",
        }
    }
}

impl Assessment {
    /// The household's amount a month, were it granted.
    #[must_use]
    pub fn monthly(&self) -> Fen {
        amount::total(&self.shares)
    }

    /// The reasons in Chinese.
    #[must_use]
    pub fn reason_text(&self) -> String {
        let mut parts: Vec<&str> = self.reasons.iter().map(|reason| reason.label()).collect();
        parts.extend(self.property.iter().map(|issue| issue.label()));
        parts.join("；")
    }
}

/// Runs the test.
#[must_use]
pub fn assess(input: Input<'_>) -> Assessment {
    let household = Household::of(input.form, input.dead, input.day);
    let family = Family::of(&input, &household);
    match input.form.scope {
        Scope::Household => whole_family(input, household, family),
        Scope::Single => one_alone(input, household, family),
    }
}

struct Family {
    net: Monthly,
    per_head: Monthly,
    heads: i128,
    property: Vec<PropertyIssue>,
}

impl Family {
    fn of(input: &Input<'_>, household: &Household) -> Self {
        let Input {
            form,
            findings,
            params,
            ..
        } = input;
        let heads = household.counted.len();
        let net = income::net(form, findings, &household.counted, params);
        Self {
            net,
            per_head: net.per_head(heads),
            heads: i128::try_from(heads).unwrap_or(0),
            property: property::issues(form, findings, heads, params),
        }
    }

    /// Below the standard as a whole; never rounded before the test.
    fn below_standard(&self, params: &Params) -> bool {
        self.net.below(i128::from(params.standard.0) * self.heads)
    }

    fn below_edge(&self, params: &Params) -> bool {
        let (num, den) = params.edge_ratio.parts();
        let line = i128::from(params.standard.0) * self.heads * i128::from(num);
        let scaled = Monthly {
            numerator: self.net.numerator * i128::from(den),
            denominator: self.net.denominator,
        };
        scaled.below(line)
    }
}

fn whole_family(input: Input<'_>, household: Household, family: Family) -> Assessment {
    let params = input.params;
    let mut reasons = Vec::new();
    let absent = |index: &usize| input.findings.not_applying.contains(index);
    if household.counted.is_empty() || household.counted.iter().any(absent) {
        reasons.push(Reason::NotAHousehold);
    }
    if !household.counted.is_empty() {
        if !family.below_standard(params) {
            reasons.push(Reason::IncomeOver);
        }
        if !family.property.is_empty() {
            reasons.push(Reason::PropertyOver);
        }
    }
    let edge = reasons == [Reason::IncomeOver] && family.below_edge(params);
    let class = match (reasons.is_empty(), edge) {
        (true, _) => Class::MinimumLiving,
        (false, true) => Class::Edge,
        (false, false) => Class::Neither,
    };
    let supported = household.counted.clone();
    let shares = shares_of(&input, &supported, family.net);
    Assessment {
        household,
        supported,
        net: family.net,
        per_head: family.per_head,
        family_per_head: family.per_head,
        property: family.property,
        class,
        reasons,
        shares,
    }
}

/// One person out of an edge family, measured by the person's own income
/// (社会救助法第二十一条；第八条). The rules give no formula; own income is the
/// reading that "as a family of one" suggests: as declared, or as the office found it.
fn one_alone(input: Input<'_>, household: Household, family: Family) -> Assessment {
    let Input {
        form, params, day, ..
    } = input;
    let person = form.single_index();
    let someone = form.everybody().find(|one| one.index == person);
    let own = Findings {
        yearly_income: input.findings.single_income,
        ..Findings::default()
    };
    let net = alone_net(form, &own, person, params);
    let mut reasons = Vec::new();
    let may =
        someone.is_some_and(|one| may_apply_alone(&one, day)) && !input.dead.contains(&person);
    let family_qualifies = family.below_standard(params) && family.property.is_empty();
    if !may || family_qualifies {
        reasons.push(Reason::NotAHousehold);
    } else {
        let whatever = someone.is_some_and(|one| jobless_severely_disabled(&one, day));
        let edge = family.below_edge(params) || whatever;
        if !edge || !net.below(i128::from(params.standard.0)) {
            reasons.push(Reason::IncomeOver);
        }
        if !family.property.is_empty() {
            reasons.push(Reason::PropertyOver);
        }
    }
    let class = if reasons.is_empty() {
        Class::SinglePerson
    } else {
        Class::Neither
    };
    let supported = vec![person];
    let shares = shares_of(&input, &supported, net);
    Assessment {
        household,
        supported,
        net,
        per_head: net,
        family_per_head: family.per_head,
        property: family.property,
        class,
        reasons,
        shares,
    }
}

/// Own income of one person; the family's costs and dated money stay with the family.
fn alone_net(form: &Form, own: &Findings, person: usize, params: &Params) -> Monthly {
    let mut alone = form.clone();
    alone.rigid_costs = super::form::RigidCosts::default();
    alone.uncounted.clear();
    income::net(&alone, own, &[person], params)
}

fn shares_of(input: &Input<'_>, supported: &[usize], net: Monthly) -> Vec<Share> {
    let everybody = input.form.everybody();
    let people: Vec<Someone<'_>> = everybody
        .filter(|one| supported.contains(&one.index))
        .collect();
    amount::shares(&people, net, input.tier, input.params, input.day)
}
