//! The guide 办事指南.

use yiwang_casework::guide::Guide;

use crate::domain::entitlements::procedure::guide::{self, shared};

/// The guide.
pub(super) fn guide() -> Guide {
    guide::guide(
        "父母还在、但都不能抚养的孩子，认定为事实无人抚养儿童，按月发给基本生活补贴。",
        vec![
            "孩子不满18周岁。",
            "父母双方都重残、重病、服刑在押、强制隔离戒毒、被限制人身自由、失联、被撤销监护资格或者被遣送（驱逐）出境；或者一方死亡、失踪，另一方有上述情形之一。",
            "服刑、戒毒、限制人身自由、失联要6个月以上。",
            "家里领取低保等待遇、低于补贴标准的，发放差额。",
            "满18周岁仍在全日制学校就读的，继续发放到毕业。",
        ],
        vec![
            (
                "民发〔2019〕62号",
                "关于进一步加强事实无人抚养儿童保障工作的意见",
            ),
            (
                "民发〔2020〕125号",
                "关于进一步做好事实无人抚养儿童保障有关工作的通知",
            ),
        ],
        &[
            shared("disability", "父母的残疾人证"),
            shared("illness", "父母重病的诊断证明"),
            shared("detention", "服刑、强制隔离戒毒等的法律文书"),
            shared("contact", "失联的，公安机关查找满6个月的接警回执"),
            shared("custody", "撤销监护资格的判决"),
            shared("deported", "遣送（驱逐）出境的文书"),
            shared("death", "死亡证明，或者宣告死亡、宣告失踪的判决"),
        ],
    )
}
