//! 我要开养老院一件事.

use serde_json::{Value, json};

use super::{consent, options, phone};

pub(super) fn schema() -> Value {
    let yes_no = |title, hint| super::yes_no(title, hint, "服务");
    json!({
        "title": "我要开养老院一件事",
        "required": ["name", "kind", "place", "address", "beds", "phone", "canteen", "clinic",
                     "subsidy", "consent"],
        "properties": {
            "name": {"type": "string", "title": "养老机构名称", "maxLength": 60,
                "description": "与准备登记的名称一致。", "x-step": "机构"},
            "kind": {"type": "string", "title": "性质", "x-widget": "radio", "x-step": "机构",
                "description": "营利性的办营业执照，非营利性的到民政部门登记。",
                "oneOf": options(&[("profit", "营利性"), ("nonprofit", "非营利性")])},
            "place": {"type": "string", "maxLength": 9, "x-widget": "division",
                "pattern": "^[0-9]{6}([0-9]{3})?$", "title": "办在哪里",
                "description": "选到乡镇（街道）。", "x-step": "机构"},
            "address": {"type": "string", "maxLength": 100, "title": "详细地址", "description": "",
                "x-step": "机构"},
            "beds": {"type": "integer", "minimum": 1, "maximum": 5000, "title": "床位数",
                "description": "", "x-step": "机构"},
            "phone": phone("机构"),
            "canteen": yes_no("有内设食堂", "要办食品经营许可。"),
            "clinic": yes_no("有内设医务室、护理站", "要办医疗机构备案。"),
            "subsidy": yes_no("申请建设补贴、运营补贴", "备案以后由民政部门按当地标准办。"),
            "consent": consent("我承诺按照养老机构的标准和规范服务，不收住老人以前不以养老机构名义收费。", "服务"),
        }
    })
}
