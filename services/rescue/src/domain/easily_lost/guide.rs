//! The guide 办事指南.

use yiwang_casework::guide::{Guide, MaterialSpec, Origin};

/// The guide.
pub(super) fn guide() -> Guide {
    Guide {
        summary: "把容易走失、反复外出流浪的人登记在库，有人负责，定期回访，走失了马上能找。",
        audience: "乡镇（街道）采集，县级民政部门审核；家人可以请乡镇（街道）登记。",
        conditions: vec![
            "精神障碍、智力残疾、肢体残疾、失智老年人、困境未成年人、孤寡老年人、反复外出流浪的。",
            "经本人或者监护人同意。",
        ],
        legal_basis: vec![
            ("民发〔2020〕14号", "易走失人员的源头治理"),
            ("个人信息保护法", "敏感个人信息应有特定目的，经同意处理"),
        ],
        materials: vec![MaterialSpec {
            code: "photo",
            title: "近期照片",
            origin: Origin::Asked,
            required: false,
            hint: "正面免冠，能看清体貌特征。",
        }],
        steps: vec![
            ("采集", "乡镇（街道）", "每半年一次"),
            ("审核入库", "县级民政局", "按本地规定"),
            ("回访", "乡镇（街道）", "每年1月、7月，按本地规定"),
            ("失联预警、找回", "乡镇（街道）、县级民政局", "发现当时"),
        ],
        legal_time_limit: "按本地规定。",
        promised_time_limit: "10个工作日内审核",
        fee: "不收费",
        result: "纳入信息库，有责任人负责；走失的，各地救助管理站一起寻找。",
        appeal: crate::domain::desk::APPEAL,
        at_counter: true,
        appointment: "",
    }
}
