//! The guide 办事指南.

use yiwang_casework::guide::{Guide, MaterialSpec};

use crate::domain::desk::guide::{asked, issued, shared};

/// What is brought along, shared and issued.
const MATERIALS: &[MaterialSpec] = &[
    asked(
        "court_paper",
        "生效的判决书或者调解书",
        "由人民法院送达或者当事人交来。",
    ),
    shared("record", "婚姻登记档案"),
    issued("court_note", "婚姻登记备注"),
];

/// The guide.
pub(super) fn guide() -> Guide {
    Guide {
        summary: "人民法院判决或者调解离婚、确认婚姻无效、撤销婚姻的，婚姻登记机关在原登记中备注。",
        audience: "由人民法院作出上述裁判的婚姻双方。",
        conditions: vec!["裁判文书已经生效。", "裁判文书的当事人和原婚姻登记一致。"],
        legal_basis: vec![
            (
                "中华人民共和国民法典",
                "第一千零五十一条至第一千零五十四条、第一千零八十条",
            ),
            (
                "婚姻登记条例（国务院令第804号）",
                "备注婚姻无效或者撤销婚姻的信息",
            ),
            (
                "最高人民法院关于适用民法典婚姻家庭编的解释（一）（法释〔2020〕22号）",
                "第二十一条",
            ),
        ],
        materials: MATERIALS.to_vec(),
        steps: vec![
            ("接收裁判文书", "婚姻登记员", "当日"),
            ("核对、备注", "另一名工作人员", "核对一致即备注"),
        ],
        legal_time_limit: "收到生效裁判文书后及时备注。",
        promised_time_limit: "核对一致当场备注",
        fee: "不收费",
        result: "婚姻登记备注；电子证照注销。",
        appeal: "对裁判本身不服的，依法向人民法院上诉或者申请再审。",
        at_counter: true,
        appointment: "",
    }
}
