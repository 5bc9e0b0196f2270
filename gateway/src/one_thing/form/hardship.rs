//! 困难群众救助一件事: what help is wanted. What the family has is asked once, by 低保.

use serde_json::{Value, json};

use super::{consent, household, options, phone};

pub(super) fn schema() -> Value {
    let yes_no = |title, hint| super::yes_no(title, hint, "需要哪些帮助");
    json!({
        "title": "困难群众救助一件事",
        "required": ["household", "phone", "application", "next_class", "medical", "education",
                     "housing", "employment", "disability", "utilities", "consent"],
        "properties": {
            "household": household("住在哪里", "您"),
            "phone": phone("您"),
            "application": {"type": "string", "title": "低保申请", "x-widget": "radio",
                "description": "家庭情况只在低保申请里填一次，核对的结果各部门共用。", "x-step": "您",
                "oneOf": options(&[("not_yet", "还没有申请"), ("filed", "已经申请，等结果"),
                                   ("decided", "已经有结果")])},
            "next_class": yes_no("万一不符合低保，接着认定低保边缘家庭",
                "选“是”的不用再申请，用同一次核对的结果。"),
            "medical": yes_no("看病负担重", "资助参保、医疗救助。"),
            "education": yes_no("家里有学生", "学费减免、助学金。"),
            "housing": yes_no("住房困难或者房屋危险", "公租房、危房改造。"),
            "employment": yes_no("有人能工作但找不到工作", "就业援助。"),
            "disability": yes_no("家里有残疾人", "困难残疾人生活补贴、重度残疾人护理补贴。"),
            "utilities": yes_no("水、电、气、有线电视费用减免", "符合条件的自动减，不用去营业厅。"),
            "consent": consent(
                "我同意把“属于哪一类困难家庭”告诉以上我选了的部门，收入和财产不告诉。", "需要哪些帮助"),
        }
    })
}
