//! The guide 办事指南.

use yiwang_casework::guide::{Guide, MaterialSpec, Origin};

/// The guide.
pub(super) fn guide() -> Guide {
    Guide {
        summary: "家里有人走失，登记以后和全国救助站里身份不明的人比对，有新来的人自动再比。",
        audience: "走失人员的亲属、监护人，村（居）民委员会、所在单位。",
        conditions: vec![
            "知道多少填多少，不知道的不填。",
            "请同时报警，并请派出所采集亲属的DNA。",
        ],
        legal_basis: vec![
            (
                "城市生活无着的流浪乞讨人员救助管理办法（国务院令第381号）",
                "救助站应当帮助查找亲属",
            ),
            ("民发〔2015〕158号", "寻亲服务"),
        ],
        materials: vec![MaterialSpec {
            code: "photo",
            title: "走失人员照片",
            origin: Origin::Asked,
            required: false,
            hint: "近照最好，正面、清楚；小时候的也可以。",
        }],
        steps: vec![
            ("求助", "家属，网上、电话、来站都可以", "任何时候"),
            ("比对", "系统自动比对，工作人员两人复核", "随到随比"),
            ("核实", "公安机关核实身份、DNA比对", "有线索以后"),
            ("告知", "救助管理站", "确认以后马上"),
        ],
        legal_time_limit: "没有规定，一直找到为止。",
        promised_time_limit: "随到随办。",
        fee: "不收费",
        result: "找到的，告诉您在哪个救助管理站，怎样接回家。",
        appeal: crate::domain::desk::APPEAL,
        at_counter: false,
        appointment: "",
    }
}
