//! Two people sign: an officer with their own account, and another officer or the family with
//! theirs (rules F02, F07). A typed name is no signature.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yiwang_casework::{Actor, Context, Refusal};

pub use super::two::Signer;
use super::{desk::at_field, fields::ShortText};

/// Whoever acts: an officer under their own name, the family under that of the handler.
///
/// # Errors
/// `WRONG_ROLE` for time and departments.
pub fn acting(cx: &Context<'_>, family: &str) -> Result<Signer, Refusal> {
    let (account, name) = match cx.actor {
        Actor::Officer { account, name, .. } => (*account, name.as_str()),
        Actor::Citizen { account, .. } => (*account, family),
        Actor::Department(_) | Actor::System(_) => {
            return Err(Refusal::new("WRONG_ROLE", "这一步由工作人员办理。"));
        }
    };
    Ok(Signer {
        account,
        name: name.trim().to_owned(),
    })
}

/// Both who sign a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// Who wrote it down.
    pub first: Signer,
    /// Who looked again, or took it.
    pub second: Signer,
    /// Receipt, empty where none is written.
    pub receipt: String,
}

impl Signed {
    /// Names of both.
    #[must_use]
    pub fn names(&self) -> [String; 2] {
        [self.first.name.clone(), self.second.name.clone()]
    }
}

/// A step that waits for the second signature, and where the case stood before it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending<Step, State> {
    /// What was written down.
    pub step: Step,
    /// By whom.
    pub by: Signer,
    /// When.
    pub at: Timestamp,
    /// Where the case goes back to when it was written down wrong.
    pub from: State,
}

/// They are two.
///
/// # Errors
/// `SAME_PERSON`.
pub fn two(first: &Signer, second: &Signer) -> Result<(), Refusal> {
    if first.account != second.account {
        return Ok(());
    }
    let message = "登记和签名不能是同一个人，请由家属本人在手机上签名，或者由另一名工作人员登录自己的账号复核。";
    Err(Refusal::new("SAME_PERSON", message))
}

/// The label is scanned again by whoever signs second; ashes without one have none to scan.
///
/// # Errors
/// `URN_DIFFERS`.
pub fn same_label(urn: &str, scanned: &str) -> Result<(), Refusal> {
    if urn.trim().eq_ignore_ascii_case(scanned.trim()) {
        return Ok(());
    }
    let message = "扫到的骨灰编号和登记的不一样。请停下来，当面核对骨灰盒上的标签和姓名。";
    Err(at_field("URN_DIFFERS", "/urn", message))
}

/// Scanned again.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Rescan {
    /// Number on the label.
    #[serde(default)]
    #[schemars(
        title = "再扫一次骨灰编号",
        description = "没有标签的、遗体安葬的不填。",
        with = "ShortText"
    )]
    pub urn: String,
}

/// The family signs on its own phone.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct OwnHand {
    /// With their own eyes.
    #[schemars(
        title = "我在现场，已核对姓名、骨灰编号和位置，确认无误",
        description = "按下以后就是您的签名。有疑问的不要签，当面问清楚。",
        extend("x-widget" = "checkbox")
    )]
    pub seen: bool,
}

impl OwnHand {
    /// They say so.
    ///
    /// # Errors
    /// `NOT_SEEN`.
    pub fn check(&self) -> Result<(), Refusal> {
        if self.seen {
            return Ok(());
        }
        let message = "请当面核对姓名、骨灰编号和位置以后再签名。";
        Err(at_field("NOT_SEEN", "/seen", message))
    }
}
