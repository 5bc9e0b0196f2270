//! Signed by two officers 双人签字: one writes a step down, another signs it with an account of
//! their own. A typed name is no signature.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Context, Refusal, fields::Name};

/// Somebody who signs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(description = "")]
pub struct Signer {
    /// Account.
    #[schemars(title = "账号", description = "")]
    pub account: Uuid,
    /// Name.
    #[schemars(title = "姓名", description = "", with = "Name")]
    pub name: String,
}

impl Signer {
    /// Not known yet: the first signature is tried out before the second is there.
    #[must_use]
    pub fn nobody() -> Self {
        Self {
            account: Uuid::nil(),
            name: String::new(),
        }
    }
}

/// A step that waits for the second signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending<Step> {
    /// What was written down.
    pub step: Step,
    /// By whom.
    pub by: Signer,
    /// When.
    pub at: Timestamp,
}

/// The officer who acts.
///
/// # Errors
/// `WRONG_ROLE`: nobody for the state does.
pub fn signer(cx: &Context<'_>) -> Result<Signer, Refusal> {
    let (account, name) = cx
        .actor
        .officer()
        .ok_or_else(|| Refusal::new("WRONG_ROLE", "这一步由工作人员办理。"))?;
    Ok(Signer {
        account,
        name: name.trim().to_owned(),
    })
}

/// The officer who acts, who must not be the one who signed first.
///
/// # Errors
/// `SAME_PERSON`.
pub fn second(first: Uuid, cx: &Context<'_>) -> Result<Signer, Refusal> {
    let by = signer(cx)?;
    if by.account == first {
        let message = "登记和复核不能是同一个人，请由另一名工作人员登录自己的账号复核。";
        return Err(Refusal::new("SAME_PERSON", message));
    }
    Ok(by)
}

/// What was written down, for the second to sign.
///
/// # Errors
/// `NOTHING_PENDING`.
pub fn pending<T>(written: Option<T>) -> Result<T, Refusal> {
    written.ok_or_else(|| Refusal::new("NOTHING_PENDING", "没有待复核的步骤，请刷新页面。"))
}

/// Nothing else is written down while this step waits for its second signature.
#[must_use]
pub fn waits(step: &str, by: &str) -> Refusal {
    let message =
        format!("“{step}”已由{by}登记，还要另一名工作人员复核。请先复核；写错了的先作废或者退回。");
    Refusal::new("PENDING", message)
}
