//! The guide 办事指南.

use yiwang_casework::guide::{Guide, MaterialSpec, Origin};

/// The guide.
pub(super) fn guide() -> Guide {
    Guide {
        summary: "满18周岁以前认定为孤儿，成年以后还在上学的，每学年发放助学金。",
        audience: "满18周岁以后一直在全日制学校就读的孤儿。",
        conditions: vec![
            "满18周岁以前认定为孤儿。",
            "没有被收养；被收养的残疾孤儿也可以申请。",
            "满18周岁以后一直在中国境内的普通高中、中职、大专、本科或者硕士研究生阶段全日制就读。",
        ],
        legal_basis: vec![("“福彩圆梦·孤儿助学工程”项目实施办法", "2025年4月修订")],
        materials: vec![
            MaterialSpec {
                code: "school_proof",
                title: "在校证明",
                origin: Origin::Asked,
                required: false,
                hint: "录取通知书、学生证或者学籍报告，每学年一次。",
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
            ("申请", "学生本人，向认定孤儿的乡镇（街道）", "每学年"),
            ("核实", "乡镇（街道）", "按本地规定"),
            ("确认", "县级民政部门", "按本地规定"),
            ("发放", "县级民政部门，由两人办理", "按月或者按季"),
            ("续办", "学生本人或者乡镇（街道）", "每学年结束以后"),
        ],
        legal_time_limit: "没有规定。",
        promised_time_limit: "乡镇（街道）和县级各15个工作日，按本地规定。",
        fee: "不收费",
        result: "每学年1万元，发到本人账户。",
        appeal: crate::domain::desk::APPEAL,
        at_counter: false,
        appointment: "",
    }
}
