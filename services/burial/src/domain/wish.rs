//! What a family asks for from home while ashes rest in a place or a hall: longer, elsewhere,
//! a slip of the pen mended, another telephone.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yiwang_casework::Refusal;

use super::{
    bill::Quantity,
    desk::{self, at_field, filled},
    fields::{LongText, Name, Phone, ShortText},
    price::Price,
};

/// What one unit of a renewal costs today, as the price list says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rate {
    /// Name on the list.
    pub title: String,
    /// Unit, e.g. 年.
    pub unit: String,
    /// Of a unit.
    pub fen: i64,
}

impl Rate {
    /// As the list has it.
    #[must_use]
    pub fn of_list(price: &Price) -> Self {
        Self {
            title: price.title.clone(),
            unit: price.unit.clone(),
            fen: price.fen,
        }
    }

    /// Of so many units.
    #[must_use]
    pub fn of(&self, units: u32) -> Option<i64> {
        Quantity::units(units).at(self.fen)
    }
}

/// What the family is told about the money.
#[must_use]
pub fn fee(rate: Option<&Rate>, units: u32) -> String {
    match rate.and_then(|rate| Some((rate, rate.of(units)?))) {
        Some((rate, fen)) => format!(
            "按今天的价目清单，{}{units}{}共{}元。",
            rate.title,
            rate.unit,
            yuan(fen)
        ),
        None => "费用按价目清单计算，缴费前会告诉您。".to_owned(),
    }
}

/// Yuan without trailing zeros.
#[must_use]
pub fn yuan(fen: i64) -> String {
    match fen % 100 {
        0 => format!("{}", fen / 100),
        rest => format!("{}.{rest:02}", fen / 100),
    }
}

yiwang_casework::code_list! {
    /// What is to be mended. Never who: a place is not passed on (国令824号).
    Slip {
        Name = "name", "逝者姓名写错字";
        Other = "other", "证书上的其他笔误";
    }
}

/// A slip of the pen is pointed out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct AskCorrection {
    /// What.
    #[schemars(title = "哪里写错了", description = "")]
    pub what: Slip,
    /// How it should read.
    #[schemars(
        title = "正确的写法",
        description = "姓名要和死亡证明上的一样；不能换成另一个人。",
        with = "ShortText"
    )]
    pub text: String,
}

impl AskCorrection {
    /// Something is said.
    ///
    /// # Errors
    /// `INVALID_INPUT`.
    pub fn check(&self) -> Result<(), Refusal> {
        let missing = filled(&self.text, "/text", "请填写正确的写法。");
        desk::valid(missing.into_iter().collect())
    }
}

/// A slip of the pen is mended.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Correct {
    /// What.
    #[schemars(title = "更正什么", description = "")]
    pub what: Slip,
    /// How it reads.
    #[schemars(
        title = "更正为",
        description = "姓名只能改成死亡证明上登记的姓名。",
        with = "Name"
    )]
    pub text: String,
    /// What it stands on.
    #[schemars(
        title = "依据",
        description = "看过的证件、证明的名称和编号。",
        with = "ShortText"
    )]
    pub basis: String,
    /// Originals, where no register answers.
    #[serde(default)]
    #[schemars(
        title = "已核对死亡证明原件",
        description = "外地去世、网上查不到的必须核对。",
        extend("x-widget" = "checkbox")
    )]
    pub originals_seen: bool,
}

impl Correct {
    /// The name becomes that of the register and no other; what it is there is `registered`.
    ///
    /// # Errors
    /// `NAME_NOT_REGISTERED`, `ORIGINALS_NOT_SEEN`.
    pub fn check(&self, registered: Option<&str>) -> Result<(), Refusal> {
        let asked = [
            (&self.text, "/text", "请填写更正后的内容。"),
            (&self.basis, "/basis", "请填写依据的证件或者证明。"),
        ];
        let missing = asked
            .into_iter()
            .filter_map(|(text, at, message)| filled(text, at, message));
        desk::valid(missing.collect())?;
        match (self.what, registered) {
            (Slip::Name, Some(name)) if name.trim() != self.text.trim() => {
                let message =
                    "姓名只能更正为死亡证明上登记的姓名；死亡证明写错的，先由出具单位更正。";
                Err(at_field("NAME_NOT_REGISTERED", "/text", message))
            }
            (Slip::Name, None) if !self.originals_seen => {
                let message = "网上查不到死亡证明，请核对原件以后再更正。";
                Err(at_field("ORIGINALS_NOT_SEEN", "/originals_seen", message))
            }
            _ => Ok(()),
        }
    }
}

/// A mended slip, as the case keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Corrected {
    /// Beijing date.
    pub on: Date,
    /// Officer.
    pub by: String,
    /// What.
    pub what: Slip,
    /// How it reads.
    pub text: String,
    /// What it stands on.
    pub basis: String,
}

/// The name as it was corrected last.
#[must_use]
pub fn name<'a>(form: &'a str, corrected: &'a [Corrected]) -> &'a str {
    let mut names = corrected.iter().filter(|one| one.what == Slip::Name);
    names
        .next_back()
        .map_or(form, |one| one.text.as_str())
        .trim()
}

/// Another telephone.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct ChangeContact {
    /// Number.
    #[schemars(
        title = "新的联系电话",
        description = "到期提醒会打这个电话。",
        with = "Phone"
    )]
    pub phone: String,
}

impl ChangeContact {
    /// A number that can be dialled.
    ///
    /// # Errors
    /// `PHONE_FORM`.
    pub fn check(&self) -> Result<String, Refusal> {
        let phone = self.phone.trim();
        let digits = phone.bytes().filter(u8::is_ascii_digit).count();
        let dials = |c: char| c.is_ascii_digit() || "+-() ".contains(c);
        if (7..=15).contains(&digits) && phone.chars().all(dials) {
            return Ok(phone.to_owned());
        }
        let message = "请填写能打通的电话号码，例如13800001234或者0715-2360000。";
        Err(at_field("PHONE_FORM", "/phone", message))
    }
}

/// Not now, and why.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Decline {
    /// Why.
    #[schemars(
        title = "理由",
        description = "写给家属看：为什么现在不能办，怎样才能办。",
        with = "LongText"
    )]
    pub reasons: String,
}

/// A day that is not over.
///
/// # Errors
/// `DATE_PAST`.
pub fn ahead(day: Date, today: Date) -> Result<(), Refusal> {
    if day >= today {
        return Ok(());
    }
    Err(at_field("DATE_PAST", "/on", "请选今天或者以后的日期。"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fees_are_said_in_yuan() {
        let rate = Rate {
            title: "墓位维护管理".to_owned(),
            unit: "年".to_owned(),
            fen: 4_050,
        };
        assert!(fee(Some(&rate), 10).contains("10年共405元"));
        assert!(fee(Some(&rate), 1).contains("共40.50元"));
        assert!(fee(None, 1).contains("价目清单"));
    }

    #[test]
    fn a_name_becomes_that_of_the_register_and_no_other() {
        let correct = |what, text: &str, seen| Correct {
            what,
            text: text.to_owned(),
            basis: "死亡证明".to_owned(),
            originals_seen: seen,
        };
        let code = |one: Correct, name| one.check(name).err().map(|refusal| refusal.code);
        let known = Some("张大山");
        assert_eq!(code(correct(Slip::Name, "张大山", false), known), None);
        let other = code(correct(Slip::Name, "李四", true), known);
        assert_eq!(other, Some("NAME_NOT_REGISTERED"));
        let unseen = code(correct(Slip::Name, "张大山", false), None);
        assert_eq!(unseen, Some("ORIGINALS_NOT_SEEN"));
        assert_eq!(code(correct(Slip::Name, "张大山", true), None), None);
        assert_eq!(code(correct(Slip::Other, "日期", false), known), None);
    }
}
