//! Identity is checked with the police population register before anything is registered
//! (rules A2.3, A5.3): the card belongs to this person, and the person is alive.

use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use yiwang_casework::{Context, Errand, Refusal};

use crate::domain::{party::Party, world::World};

/// Kind of the errand.
pub(crate) const CHECK: &str = "identity.check";

/// What the register answers, in the order of the question.
#[derive(Debug, Clone, Deserialize)]
pub struct Answer {
    /// One for each person.
    pub people: Vec<Checked>,
}

/// One person as checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checked {
    /// Name and number belong together.
    #[serde(rename = "match")]
    pub matches: bool,
    /// Not recorded as dead.
    pub alive: bool,
}

/// Asks for these people. At submission a case has no number yet, and a repeat is another
/// question: person and instant make the key, hashed because person keys leave no house.
pub(crate) fn check(parties: &[&Party], cx: &Context<'_>, world: &World) -> Errand {
    let person = world.keys.first().map_or("", String::as_str);
    let asked = format!("{person} {}", cx.now.as_nanosecond());
    let digest = Sha256::digest(asked.as_bytes());
    let people: Vec<_> = parties
        .iter()
        .map(|party| json!({ "name": party.name.trim(), "id_number": party.id_number.trim() }))
        .collect();
    Errand {
        kind: CHECK,
        key: hex::encode(digest.get(..16).unwrap_or_default()),
        payload: json!({ "people": people }),
    }
}

/// Everybody was found, with this name, and alive.
///
/// # Errors
/// `ID_NOT_VERIFIED`, `DEAD`.
pub(crate) fn verified(answer: Option<&[Checked]>, people: usize) -> Result<(), Refusal> {
    let unverified = |message| Err(Refusal::new("ID_NOT_VERIFIED", message));
    let Some(checked) = answer else {
        return unverified(
            "公安机关还没有返回身份核验结果，请稍候；长时间没有结果的，请重新核验。",
        );
    };
    if checked.len() < people || checked.iter().any(|one| !one.matches) {
        return unverified("身份信息与公安机关登记的不一致，请核对身份证件后重新提交。");
    }
    if checked.iter().any(|one| !one.alive) {
        let message = "公安机关登记其中一人已经死亡，不能办理，请先核实。";
        return Err(Refusal::new("DEAD", message));
    }
    Ok(())
}

/// The result in words.
pub(crate) fn words(answer: Option<&[Checked]>) -> &'static str {
    match answer {
        None => "正在向公安机关核验",
        Some(checked) if checked.iter().any(|one| !one.matches) => "与公安机关登记的信息不一致",
        Some(checked) if checked.iter().any(|one| !one.alive) => "公安机关登记其中一人已经死亡",
        Some(_) => "一致",
    }
}
