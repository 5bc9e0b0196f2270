//! 托养机构资质: which institution may take somebody on a day (民发〔2015〕158号, rules R09).

use jiff::{ToSpan as _, civil::Date};
use serde::{Deserialize, Serialize};
use yiwang_casework::Refusal;
use yiwang_chassis::fault::FieldViolation;

yiwang_casework::code_list! {
    /// Kinds of institutions.
    Kind {
        Elder = "elder", "养老机构";
        Medical = "medical", "医疗机构";
        Mental = "mental", "精神卫生机构";
        Disability = "disability", "残疾人照料机构";
        Child = "child", "儿童福利、未成年人救助保护机构";
    }
}

yiwang_casework::code_list! {
    /// Papers of an institution.
    Paper {
        Elder = "elder", "养老机构备案";
        Medical = "medical", "医疗机构执业许可证";
        Mental = "mental", "精神卫生诊疗科目";
        Registration = "registration", "法人登记证";
        Fire = "fire", "消防合格文件";
        Food = "food", "食品经营许可证";
    }
}

impl Kind {
    /// What it must hold.
    #[must_use]
    pub fn papers(self) -> &'static [Paper] {
        match self {
            Self::Elder => &[Paper::Elder, Paper::Fire, Paper::Food],
            Self::Medical => &[Paper::Medical, Paper::Fire, Paper::Food],
            Self::Mental => &[Paper::Medical, Paper::Mental, Paper::Fire, Paper::Food],
            Self::Disability | Self::Child => &[Paper::Registration, Paper::Fire, Paper::Food],
        }
    }
}

/// A licence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Licence {
    /// Which.
    pub kind: Paper,
    /// Its number.
    pub number: String,
    /// Last day; none: without end.
    pub valid_to: Option<Date>,
}

/// An institution as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Institution {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// 9 digits.
    pub division: String,
    /// Kind.
    pub kind: Kind,
    /// Licences.
    pub licences: Vec<Licence>,
    /// Number of the agreement; empty: none.
    pub agreement: String,
    /// Its last day.
    pub agreement_to: Option<Date>,
    /// When it was looked at last.
    pub checked_on: Option<Date>,
    /// By whom.
    pub checked_by: String,
    /// `passed`, `failed`; empty: never looked at.
    pub check_result: String,
    /// In use.
    pub active: bool,
}

impl Institution {
    /// Last day on which the last good look at it stands; none: it was never good.
    #[must_use]
    pub fn check_until(&self, months: u32) -> Option<Date> {
        let on = self.checked_on.filter(|_| self.check_result == "passed")?;
        Some(on.saturating_add(i64::from(months).months()))
    }

    /// Whether it may take somebody on `day`; a look at it stands for so many months.
    ///
    /// # Errors
    /// `INSTITUTION_UNFIT` with a field for each thing that is missing: `CLOSED`, `NO_LICENCE`,
    /// `LICENCE_OVER`, `NO_AGREEMENT`, `AGREEMENT_OVER`, `CHECK_NEEDED`, `CHECK_FAILED`.
    pub fn may_take(&self, day: Date, months: u32) -> Result<(), Refusal> {
        let mut found = Vec::new();
        let mut add = |at: &str, reason: &'static str, message: String| {
            found.push(FieldViolation::new(at, reason, message));
        };
        if !self.active {
            add("/institution", "CLOSED", "机构已经停用".to_owned());
        }
        for paper in self.kind.papers() {
            let held = self.licences.iter().filter(|it| it.kind == *paper);
            let held: Vec<_> = held.filter(|it| !it.number.trim().is_empty()).collect();
            let valid = |it: &&Licence| it.valid_to.is_none_or(|last| day <= last);
            let at = format!("/licences/{}", paper.code());
            if held.is_empty() {
                add(&at, "NO_LICENCE", format!("没有{}", paper.label()));
            } else if !held.iter().any(valid) {
                add(&at, "LICENCE_OVER", format!("{}已经过期", paper.label()));
            }
        }
        match self.agreement_to {
            Some(last) if !self.agreement.trim().is_empty() => {
                if day > last {
                    add(
                        "/agreement",
                        "AGREEMENT_OVER",
                        "托养协议已经到期".to_owned(),
                    );
                }
            }
            _ => add("/agreement", "NO_AGREEMENT", "没有签订托养协议".to_owned()),
        }
        match (self.check_result.as_str(), self.check_until(months)) {
            (_, Some(last)) if day <= last => {}
            (_, Some(_)) => add("/check", "CHECK_NEEDED", "上次资质核查已经过期".to_owned()),
            ("failed", None) => add("/check", "CHECK_FAILED", "最近一次核查不合格".to_owned()),
            (_, None) => add("/check", "CHECK_NEEDED", "还没有做资质核查".to_owned()),
        }
        if found.is_empty() {
            return Ok(());
        }
        let what: Vec<_> = found.iter().map(|it| it.message.clone()).collect();
        let message = format!(
            "{}现在不能接收托养人员：{}。请先补齐。",
            self.name,
            what.join("；")
        );
        Err(Refusal {
            fields: found,
            ..Refusal::new("INSTITUTION_UNFIT", message)
        })
    }
}
