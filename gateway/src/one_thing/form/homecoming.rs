//! 寻亲返乡一件事: filled in by the station for somebody whom it has identified.

use serde_json::{Value, json};

use super::{household, phone};

pub(super) fn schema() -> Value {
    let yes_no = |title, hint| super::yes_no(title, hint, "返乡以后需要什么");
    json!({
        "title": "寻亲返乡一件事",
        "required": ["name", "id_number", "household", "phone", "household_lost", "medical",
                     "disability", "assistance"],
        "properties": {
            "name": {"type": "string", "title": "返乡人员姓名", "maxLength": 100, "x-mask": "name",
                "description": "", "x-step": "返乡人员"},
            "id_number": {"type": "string", "title": "身份证号码", "maxLength": 18,
                "x-widget": "id_number", "x-mask": "id_number", "description": "18位，末位可以是X。",
                "x-step": "返乡人员"},
            "household": household("户籍所在地", "返乡人员"),
            "phone": phone("返乡人员"),
            "household_lost": yes_no("户口已经注销，或者身份证遗失", "由户籍地公安机关恢复、补领。"),
            "medical": yes_no("没有医保", "由户籍地医保部门办参保。"),
            "disability": yes_no("可能有残疾，还没有残疾人证", "由户籍地残联评定。"),
            "assistance": yes_no("生活没有着落", "由户籍地乡镇（街道）帮助申请低保、特困供养或者临时救助。"),
        }
    })
}
