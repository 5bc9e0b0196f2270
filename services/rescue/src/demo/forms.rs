//! What is written down of a stay, in the words of the demonstration.

use serde_json::{Value, json};

use super::pictures::Picture;
use crate::stays::demo::XIANNING;

/// The form of an arrival.
pub(super) fn arrival(source: &str, (sex, age): (&str, u8), said: &str, at: &str) -> Value {
    let brought = match source {
        "police" => json!({ "unit": "温泉派出所", "name": "王勇", "badge": "012345",
                            "record": "温派护〔2026〕118号" }),
        "urban" => json!({ "unit": "咸安区城管执法大队", "name": "胡建军", "badge": "CG0217" }),
        "public" => json!({ "name": "余丽", "phone": "13907241122" }),
        _ => json!({}),
    };
    json!({
        "station": XIANNING, "source": source, "brought": brought, "said": said, "sex": sex,
        "looks_age": age, "found_place": "421202", "found_at": at,
    })
}

/// Searched at the door by somebody of the same sex.
pub(super) fn security(who: &str, sex: &str, things: &Value) -> Value {
    json!({ "agreed": true, "checker": who, "checker_sex": sex, "belongings": things })
}

/// Into a room that fits.
pub(super) fn admit() -> Value {
    json!({ "away": true, "no_means": true, "on_street": true })
}

/// Written down with the card at hand.
pub(super) fn with_card(
    name: &str,
    number: &str,
    how: &str,
    reasons: &[&str],
    household: &str,
) -> Value {
    json!({ "cannot_tell": false, "name": name, "number": number, "card_checked": true, "how": how,
            "reasons": reasons, "help": ["living", "return"], "household": household })
}

/// Fingerprint, photograph, face.
pub(super) fn face(finger: &str, picture: Picture) -> Value {
    json!({ "fingerprint": finger, "photo": [picture.id], "face_searched": true,
            "compared": "与全国救助管理信息系统、寻亲数据比对，没有查到。" })
}

/// The police are told.
pub(super) fn police(receipt: &str) -> Value {
    json!({ "station": "温泉派出所", "receipt": receipt, "reasons": "疑似走失，请协助查明身份。" })
}

/// A line of the care log.
pub(super) fn care(kind: &str, text: &str) -> Value {
    json!({ "kind": kind, "text": text })
}
