//! The guide 办事指南.

use yiwang_casework::guide::{Guide, MaterialSpec, Origin};

/// The guide.
pub(super) fn guide() -> Guide {
    Guide {
        summary: "殡仪馆、公墓收了清单以外的费用，或者高于公布的价格，可以投诉；查实的退还。",
        audience: "任何人。",
        conditions: vec!["说明是哪个单位、哪一天、哪一笔收费。"],
        legal_basis: vec![(
            "殡葬管理条例（国务院令第824号）",
            "清单之外不得设立项目、收取费用",
        )],
        materials: vec![MaterialSpec {
            code: "receipt",
            title: "账单或者票据照片",
            origin: Origin::Asked,
            required: false,
            hint: "拍清项目、金额和日期。",
        }],
        steps: vec![
            ("投诉", "任何人", "随时"),
            ("核查", "县级民政局", "按本地规定"),
            ("认定、复核", "县级民政局，两人", "核查结束"),
            ("退还、改正", "被投诉单位", "认定以后"),
        ],
        legal_time_limit: "按本地规定。",
        promised_time_limit: "15个工作日内答复",
        fee: "不收费",
        result: "书面答复；查实多收的，退还。",
        appeal: crate::domain::desk::APPEAL,
        at_counter: false,
        appointment: "",
    }
}
