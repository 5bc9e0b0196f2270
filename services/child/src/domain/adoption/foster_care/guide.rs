//! The guide 办事指南.

use yiwang_casework::guide::Guide;

/// The guide.
pub(super) fn guide() -> Guide {
    Guide {
        summary: "民政部门监护的儿童，委托到符合条件的家庭里照料；监护权不变。",
        audience: "愿意照料儿童的本地家庭。",
        conditions: vec![
            "本地户口、本地固定住所，寄养后人均居住面积不低于当地平均。",
            "收入不低于当地中等水平。",
            "家庭成员没有传染病、精神障碍、犯罪记录、不良嗜好，都同意寄养。",
            "主要照料人30周岁到65周岁，初中以上文化程度。",
            "每个家庭寄养不超过2名儿童，家里没有未满6周岁的子女。",
        ],
        legal_basis: vec![("家庭寄养管理办法", "民政部令第54号")],
        materials: vec![],
        steps: vec![
            ("上门评估", "儿童福利机构、县级民政部门", "按本地规定"),
            ("融合", "家庭和儿童", "不少于60日"),
            ("签协议、入户", "儿童福利机构", "融合良好以后"),
            ("探访", "儿童福利机构", "定期"),
        ],
        legal_time_limit: "没有规定。",
        promised_time_limit: "按本地规定。",
        fee: "不收费；按月发放劳务费",
        result: "寄养协议。",
        appeal: crate::domain::desk::APPEAL,
        at_counter: false,
        appointment: "",
    }
}
