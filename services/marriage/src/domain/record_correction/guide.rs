//! The guide 办事指南.

use yiwang_casework::guide::{Guide, MaterialSpec};

use crate::domain::desk::guide::{asked, issued, shared};

/// What is brought along, shared and issued.
const MATERIALS: &[MaterialSpec] = &[
    asked(
        "identity_card",
        "居民身份证",
        "必须，本人到场出示，当面读取。",
    ),
    asked(
        "certificate",
        "记载有误的结婚证或者离婚证",
        "原证换发时收回；遗失的，说明情况。",
    ),
    asked(
        "police_proof",
        "公安机关的证明",
        "姓名、身份证号与登记时不同的必须提供，证明是同一人；登记机关写错的不需要。",
    ),
    shared("record", "身份和婚姻登记档案"),
    issued("correction", "婚姻登记信息更正决定书"),
    issued("new_certificate", "换发的结婚证或者离婚证"),
];

/// The guide.
pub(super) fn guide() -> Guide {
    Guide {
        summary: "婚姻登记的姓名、身份证号、出生日期、户口所在地写错了的，在任何一个婚姻登记处更正。",
        audience: "登记信息有误的婚姻登记当事人，由本人到场办理。",
        conditions: vec![
            "能查到原来的婚姻登记。",
            "有公安机关的证明，或者原始档案能证明是登记机关书写、录入错误。",
            "更正身份证号的，更正后的号码名下没有另一条有效的婚姻登记，双方也没有正在办理的离婚登记。",
        ],
        legal_basis: vec![
            ("婚姻登记条例（国务院令第804号）", "婚姻登记档案和信息管理"),
            ("民法典", "第一千零四十二条（一夫一妻）"),
        ],
        materials: MATERIALS.to_vec(),
        steps: vec![
            ("申请", "当事人本人", "任何一个婚姻登记处"),
            ("核验身份、核对档案", "婚姻登记员", "提出审核意见"),
            (
                "审批",
                "负责人或者另一名婚姻登记员",
                "与受理、审核的不是同一人",
            ),
            ("换发新证", "婚姻登记员", "旧证同时作废"),
        ],
        legal_time_limit: "核实后及时更正。",
        promised_time_limit: "及时办理",
        fee: "不收费",
        result: "更正决定书；证件上的内容有误的，换发新证。原来的记载作为历史版本保留。",
        appeal: "对不予更正不服的，可以依法申请行政复议或者提起行政诉讼。",
        at_counter: true,
        appointment: "",
    }
}
