//! What a confirmed comparison 寻亲比对 tells the stay: who it is, signed by both who compared.

use super::action::Identify;
use crate::domain::{fields::LongText, two::Signer};

yiwang_casework::act_data! {
    /// It is this person.
    Matched {
        identify: Identify, "Identify", "身份", "";
        signed: Vec<Signer>, "Vec<Signer>", "签字", "比对的两个人。";
    }
    /// It was not.
    Unmatched {
        reasons: String, "LongText", "理由", "";
        signed: Vec<Signer>, "Vec<Signer>", "签字", "确认的人和撤销的人。";
    }
}
