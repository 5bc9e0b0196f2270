//! The check centre's answer (deploy/sandbox.md) and what it says against the form.

use jiff::{Timestamp, civil::Date};
use serde::Deserialize;
use yiwang_civic::{money::Fen, time};

use super::{
    codes::{Business, CheckVerdict, IncomeBasis},
    facts::{Check, Report},
    form::{Form, Income, Someone},
};

/// Final answer of the check centre.
#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum Answer {
    /// A report.
    Done {
        /// The report.
        report: SentReport,
        /// Round of the request it answers; absent: the latest.
        #[serde(default)]
        round: Option<u32>,
    },
    /// The centre will not check; a person must look.
    Refused {
        /// Why.
        reason: RefusalReason,
        /// Round of the request it answers; absent: the latest.
        #[serde(default)]
        round: Option<u32>,
    },
}

impl Answer {
    /// Round of the request it answers, when known.
    #[must_use]
    pub fn round(&self) -> Option<u32> {
        match self {
            Self::Done { round, .. } | Self::Refused { round, .. } => *round,
        }
    }
}

/// Why the centre refuses.
#[derive(Debug, Clone, Deserialize)]
pub struct RefusalReason {
    /// Chinese sentence.
    #[serde(default)]
    pub message: String,
}

/// A report as sent.
#[derive(Debug, Clone, Deserialize)]
pub struct SentReport {
    /// Number.
    pub number: String,
    /// Instant of issue.
    pub issued_at: Timestamp,
    /// Last day of use in the centre's eyes.
    pub valid_until: Option<Date>,
    /// Positions of the persons covered, as we numbered them.
    pub covered: Vec<String>,
    /// Findings by person.
    #[serde(default)]
    pub members: Vec<SentMember>,
}

/// Findings on one person.
#[derive(Debug, Clone, Deserialize)]
pub struct SentMember {
    /// Position, as we numbered them.
    pub id: String,
    /// Findings.
    #[serde(default)]
    pub findings: Vec<Finding>,
}

/// One finding.
#[derive(Debug, Clone, Deserialize)]
pub struct Finding {
    /// Which register.
    #[serde(default)]
    pub source: String,
    /// `income`, `property` or `status`.
    pub kind: String,
    /// Which income, property or status.
    pub category: String,
    /// Chinese.
    #[serde(default)]
    pub description: String,
    /// Of income.
    pub monthly_fen: Option<i64>,
    /// Of property.
    pub count: Option<i64>,
    /// Of property.
    pub value_fen: Option<i64>,
    /// Of a status.
    pub on: Option<Date>,
}

fn asked_id<'a>(asked: &'a [String], position: &str) -> Option<&'a str> {
    asked
        .get(position.parse::<usize>().ok()?)
        .map(String::as_str)
}

/// The report as it is kept; `last_day` is the local limit of its use.
#[must_use]
pub fn keep(sent: &SentReport, form: &Form, check: &Check, last_day: Date) -> Report {
    let covered = sent
        .covered
        .iter()
        .filter_map(|position| asked_id(&check.asked, position));
    let mut findings = Vec::new();
    let mut contradictions = Vec::new();
    let mut property = Property::default();
    for member in &sent.members {
        let Some(id) = asked_id(&check.asked, &member.id) else {
            continue;
        };
        let Some(one) = form
            .everybody()
            .find(|one| one.id().is_some_and(|own| own.as_str() == id))
        else {
            continue;
        };
        for finding in &member.findings {
            findings.push(describe(&one, finding));
            property.add(finding);
            contradictions.extend(status_or_income(&one, finding));
        }
    }
    contradictions.extend(property.against(form));
    let verdict = match contradictions.is_empty() {
        true => CheckVerdict::Consistent,
        false => CheckVerdict::Contradiction,
    };
    findings.extend(
        contradictions
            .into_iter()
            .map(|text| format!("不一致：{text}")),
    );
    Report {
        number: sent.number.clone(),
        issued_on: time::beijing_date(sent.issued_at),
        valid_until: sent
            .valid_until
            .map_or(last_day, |until| until.min(last_day)),
        covered: covered.map(str::to_owned).collect(),
        verdict,
        findings,
        told: false,
        entered_by: None,
    }
}

fn describe(one: &Someone<'_>, finding: &Finding) -> String {
    let amount = finding.monthly_fen.map(|fen| format!("每月{}元", Fen(fen)));
    let value = finding.value_fen.map(|fen| format!("价值{}元", Fen(fen)));
    let count = finding.count.map(|count| format!("{count}项"));
    let on = finding.on.map(|day| day.to_string());
    let parts = [amount, count, value, on]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join("，");
    format!(
        "{}（{}）：{} {parts}",
        one.name.trim(),
        finding.source,
        finding.description
    )
}

/// Income of a kind above what was declared, or a status that matters.
fn status_or_income(one: &Someone<'_>, finding: &Finding) -> Option<String> {
    let name = one.name.trim();
    match (finding.kind.as_str(), finding.category.as_str()) {
        ("income", category) => {
            let found = finding.monthly_fen.unwrap_or(0);
            let declared = declared_monthly(&one.about.income, category);
            (found > declared.0).then(|| {
                format!(
                    "{name}{}每月{}元，申报{declared}元",
                    finding.description,
                    Fen(found)
                )
            })
        }
        ("status", "death") => Some(format!("{name}已登记死亡")),
        ("status", "on_benefit") => Some(format!("{name}已在其他地方享受救助")),
        _ => None,
    }
}

fn declared_monthly(income: &Income, category: &str) -> Fen {
    let fen = match category {
        "wage" => income.wage,
        "business" => income.business,
        "property" => income.property,
        "transfer" => income.transfer,
        _ => income.other,
    };
    match income.basis {
        IncomeBasis::Monthly => fen,
        IncomeBasis::Yearly => Fen(fen.0 / 12),
    }
}

/// Property of the whole family as found.
#[derive(Default)]
struct Property {
    financial: i64,
    dwellings: i64,
    vehicles: i64,
    businesses: i64,
}

impl Property {
    fn add(&mut self, finding: &Finding) {
        if finding.kind != "property" {
            return;
        }
        let count = finding.count.unwrap_or(1);
        match finding.category.as_str() {
            "deposit" | "securities" | "insurance" => {
                self.financial += finding.value_fen.unwrap_or(0);
            }
            "dwelling" => self.dwellings += count,
            "vehicle" => self.vehicles += count,
            "business_registration" => self.businesses += count,
            _ => {}
        }
    }

    fn against(&self, form: &Form) -> Vec<String> {
        let assets = &form.assets;
        let declared_vehicles = i64::try_from(assets.vehicles.len()).unwrap_or(0);
        let mut texts = Vec::new();
        if self.financial > assets.financial.0 {
            let found = Fen(self.financial);
            texts.push(format!("金融资产{found}元，申报{}元", assets.financial));
        }
        if self.dwellings > i64::from(assets.dwellings) {
            texts.push(format!(
                "住房{}套，申报{}套",
                self.dwellings, assets.dwellings
            ));
        }
        if self.vehicles > declared_vehicles {
            texts.push(format!(
                "车辆{}辆，申报{declared_vehicles}辆",
                self.vehicles
            ));
        }
        if self.businesses > 0 && assets.business == Business::None {
            texts.push("有市场主体登记，未申报".to_owned());
        }
        texts
    }
}
