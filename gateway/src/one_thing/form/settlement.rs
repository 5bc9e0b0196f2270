//! 滞留人员落户安置一件事: filled in by the station or the county for somebody who was given a
//! temporary household.

use serde_json::{Value, json};

use super::{household, phone};

pub(super) fn schema() -> Value {
    let yes_no = |title, hint| super::yes_no(title, hint, "落户以后需要什么");
    json!({
        "title": "滞留人员落户安置一件事",
        "required": ["name", "id_number", "household", "phone", "disability", "support", "guardian"],
        "properties": {
            "name": {"type": "string", "title": "落户登记的姓名", "maxLength": 100, "x-mask": "name",
                "description": "与落户派出所登记的一致。", "x-step": "落户人员"},
            "id_number": {"type": "string", "title": "落户登记的身份证号码", "maxLength": 18,
                "x-widget": "id_number", "x-mask": "id_number", "description": "18位，末位可以是X。",
                "x-step": "落户人员"},
            "household": household("落户地", "落户人员"),
            "phone": phone("落户人员"),
            "disability": yes_no("可能有残疾，还没有残疾人证", "由落户地残联评定。"),
            "support": yes_no("没有劳动能力、没有生活来源", "成年人申请特困人员救助供养；未满18周岁的选“否”，由儿童福利机构照料。"),
            "guardian": yes_no("不能自己生活、自己作主", "由民政部门落实监护人或者照料人。"),
        }
    })
}
