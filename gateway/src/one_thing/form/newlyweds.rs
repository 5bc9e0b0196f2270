//! 婚育一件事: neither the certificate nor the other one is asked for; the register tells both.

use serde_json::{Value, json};

use super::{consent, household, options, phone};

pub(super) fn schema() -> Value {
    let yes_no = |title, hint| super::yes_no(title, hint, "一并办理");
    let moving = json!({"pointer": "household_move", "equals": true});
    json!({
        "title": "婚育一件事",
        "required": ["household", "phone", "resident", "household_move", "move_to", "direction",
                     "birth", "checkup", "housing_fund", "card", "consent"],
        "properties": {
            "household": household("您的户籍所在地", "您"),
            "phone": phone("您"),
            // 现役军人、港澳台居民、华侨、外国人 have ways of their own (rules D3).
            "resident": {"type": "boolean", "const": true, "x-step": "您",
                "title": "我们两人都是内地居民，都不是现役军人。"},
            "household_move": yes_no("夫妻投靠，把户口迁到一起", "暂时不迁的选“否”，以后可以单独办。"),
            "direction": {"type": "string", "title": "谁的户口迁",
                "description": "迁对方户口的，派出所会先问对方本人。",
                "x-step": "一并办理", "x-widget": "radio", "x-show-if": moving,
                "oneOf": options(&[("mine", "我的户口迁到对方那里"), ("theirs", "对方的户口迁到我这里")])},
            "move_to": {"type": "string", "maxLength": 9, "x-widget": "division",
                "pattern": "^$|^[0-9]{6}([0-9]{3})?$", "title": "迁到哪里",
                "description": "选到乡镇（街道）。", "x-step": "一并办理",
                "x-show-if": moving},
            "birth": yes_no("生育登记", "打算要孩子的选“是”；生几个都可以登记。"),
            "checkup": yes_no("免费孕前优生健康检查", "由县级妇幼保健院联系您定时间。"),
            "housing_fund": yes_no("更新住房公积金的婚姻信息", "没有缴存的选“否”。"),
            "card": yes_no("更新社会保障卡信息", ""),
            "consent": consent("我同意民政部门把结婚登记的结果提供给以上部门，只用来办这件事。", "一并办理"),
        }
    })
}
