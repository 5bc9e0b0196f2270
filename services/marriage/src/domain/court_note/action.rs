//! Every act on a court's paper, with what must be said in it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::desk::fields::LongText;

yiwang_casework::actions! {
    /// 备注.
    Note(Note) = "note";
    /// 退回.
    ReturnPaper(Reasons) = "return_paper";
}

/// The note.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Note {
    /// Paper and registration name the same people.
    #[schemars(
        title = "已核对裁判文书与原登记的当事人、字号一致，文书已经生效",
        description = ""
    )]
    pub checked: bool,
}

/// Written reasons.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Reasons {
    /// Why.
    #[schemars(title = "理由", description = "写明哪里不一致。", with = "LongText")]
    pub reasons: String,
}
