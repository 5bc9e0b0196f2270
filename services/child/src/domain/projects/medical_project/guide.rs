//! The guide 办事指南.

use yiwang_casework::guide::{Guide, MaterialSpec, Origin};

/// The guide.
pub(super) fn guide() -> Guide {
    Guide {
        summary: "孤儿生病、残疾需要手术、康复的，医保和救助报销以后自己负担的部分由明天计划支付。",
        audience: "18周岁以下的孤儿；已满18周岁、还在校就读的孤儿。",
        conditions: vec![
            "已经认定为孤儿。",
            "在明天计划的定点医院治疗。",
            "只支付医保、医疗救助和其他报销以后自己负担的部分。",
        ],
        legal_basis: vec![("“孤儿医疗康复明天计划”项目实施办法", "2019年3月1日起施行")],
        materials: vec![
            MaterialSpec {
                code: "diagnosis",
                title: "诊断书或者残疾证",
                origin: Origin::Asked,
                required: false,
                hint: "医院的诊断书，或者残疾人证。",
            },
            MaterialSpec {
                code: "orphan",
                title: "孤儿认定",
                origin: Origin::Issued,
                required: false,
                hint: "民政部门认定过的不用交。",
            },
        ],
        steps: vec![
            (
                "申请",
                "监护人向乡镇（街道），儿童福利机构向县级民政部门",
                "随时",
            ),
            ("核实", "乡镇（街道）", "按本地规定"),
            ("确认", "县级民政部门", "按本地规定"),
            ("治疗", "定点医院", "按治疗需要"),
            ("报账、支付", "县级民政部门，由两人办理", "报账以后"),
        ],
        legal_time_limit: "没有规定。",
        promised_time_limit: "乡镇（街道）和县级各15个工作日，按本地规定。",
        fee: "不收费",
        result: "支付自己负担的医疗康复费用。",
        appeal: crate::domain::desk::APPEAL,
        at_counter: false,
        appointment: "",
    }
}
