//! What must be said about care and the length of the stay.

use super::{
    super::words::{CareForm, CareKind, GivenTo, Sign},
    Thing,
};
use crate::domain::fields::{ArticleId, HiddenText, LongText, PlaceId, ShortText};

yiwang_casework::act_data! {
    /// To a hospital.
    SendHospital {
        hospital: String, "ShortText", "医院", "";
        reasons: String, "LongText", "病情", "";
        ? place: String, "PlaceId", "医院（受助期间）", "站内登记的定点医院；不选的，自动选一个。";
    }
    /// Out of hospital.
    BackFromHospital {
        opinion: String, "HiddenText", "医院意见", "诊断、用药、是否可以离院。";
        ? signs: Vec<Sign>, "Vec<Sign>", "仍然存在的情况", "已经治好的不选。";
        ? place: String, "PlaceId", "房间", "不选的，自动安排一个空床。";
    }
    /// What doctors found.
    Diagnose {
        hospital: String, "ShortText", "诊断医院", "";
        diagnosis: String, "HiddenText", "诊断", "";
        ? signs: Vec<Sign>, "Vec<Sign>", "现有情况", "替换原来登记的情况；没有的不选。";
    }
    /// Elsewhere in the house.
    MovePlace {
        place: String, "PlaceId", "去哪里", "";
        reasons: String, "LongText", "理由", "";
    }
    /// More belongings.
    TakeBelongings { belongings: Vec<Thing>, "Vec<Thing>", "物品清单", "当面清点，装袋封存。"; }
    /// Belongings back.
    GiveBack {
        lines: Vec<u16>, "Vec<u16>", "清单序号", "";
        to: GivenTo, "GivenTo", "交给", "";
        receiver: String, "ShortText", "接收人", "";
        signed: bool, "bool", "接收人已当面清点签收", "";
    }
    /// An article.
    Give {
        article: String, "ArticleId", "物品", "";
        quantity: u16, "u16", "数量", "";
        ? note: String, "ShortText", "说明", "";
    }
    /// What was done.
    Care {
        kind: CareKind, "CareKind", "种类", "";
        text: String, "HiddenText", "记录", "";
    }
    /// Longer than ten days.
    Extend {
        days: u16, "u16", "延长天数", "从现在的期限起算。";
        reasons: String, "LongText", "理由", "";
        document: String, "ShortText", "上级民政部门备案编号", "";
    }
    /// How a stranded person lives.
    ChooseCare {
        form: CareForm, "CareForm", "照料方式", "";
        reasons: String, "LongText", "理由", "";
    }
}
