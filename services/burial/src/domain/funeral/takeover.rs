//! What is said when a handler is lost, a family takes over, a name is found (rules F11).

use super::form::Relation;
use crate::domain::{
    document::DeadDocument,
    fields::{DivisionCode, DocumentNumber, LongText, Name, Phone, ShortText},
};

yiwang_casework::act_data! {
    /// The handler is lost.
    LoseHandler {
        unclaimed: String, "ShortText", "无人认领遗体办件编号", "先登记无人认领遗体（身份清楚，承办人失去联系），再填它的编号。";
        search: String, "LongText", "联系经过", "写明什么时候、用什么方式联系过承办人和其他亲属。";
    }
}
yiwang_casework::act_data! {
    /// A family takes over.
    TakeOver {
        name: String, "Name", "接办人姓名", "照身份证。";
        number: String, "DocumentNumber", "接办人身份证号", "";
        relation: Relation, "Relation", "与逝者的关系", "";
        phone: String, "Phone", "联系电话", "";
        paper: String, "ShortText", "核对的材料", "身份确认文书、亲属关系材料。";
    }
}
yiwang_casework::act_data! {
    /// Who a nameless one turned out to be.
    Named {
        name: String, "Name", "姓名", "";
        document: DeadDocument, "DeadDocument", "证件类别", "";
        country: String, "ShortText", "签发国家（地区）", "";
        id_number: String, "DocumentNumber", "证件号码", "";
        household: String, "DivisionCode", "户籍所在地", "";
    }
}
