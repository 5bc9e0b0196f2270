//! What an act would set going, in the words of its page.

use yiwang_proto::casework::v1 as pb;

use crate::clients::Foreseen;

/// What follows when the act is taken.
#[derive(Debug, Clone)]
pub(crate) struct RippleView {
    /// What happens for everybody, whoever it is.
    pub(crate) always: &'static [&'static str],
    /// What is there now and would be touched, as far as the reader may see it.
    pub(crate) touched: Vec<pb::Touched>,
    /// Nobody could be asked, or not everybody: it may touch more than is shown.
    pub(crate) partial: bool,
}

impl RippleView {
    /// What was found.
    pub(crate) fn of(foreseen: Foreseen) -> Self {
        Self {
            always: always(&foreseen.change),
            partial: !foreseen.unavailable.is_empty(),
            touched: foreseen.touched,
        }
    }

    /// Nobody answered.
    pub(crate) fn unknown(change: &str) -> Self {
        Self {
            always: always(change),
            touched: vec![],
            partial: true,
        }
    }
}

/// What the services do by themselves (一件事 D7).
fn always(change: &str) -> &'static [&'static str] {
    match change {
        "death" => &[
            "婚姻登记：婚姻关系从死亡之日结束，配偶登记为丧偶；没办完的离婚申请终止。",
            "社会救助：逝者的一份从次月起停发，家庭复核；死亡以后已经发的，转为追回。",
            "儿童保护：逝者是父母、照护人的，当天派人去看孩子。",
        ],
        "death_revoked" => &[
            "婚姻登记：因死亡结束的婚姻恢复；配偶已经再婚的，由登记机关处理。",
            "社会救助：停发的恢复，停发期间的补发。",
            "一件事：正在办的公民身后一件事停下，能恢复的逐项恢复。",
        ],
        "marriage" | "marriage_ended" => &[
            "社会救助：双方家庭的人口、赡养义务人和收入重新核对。",
            "儿童保护：双方是父母、照护人、收养人的，监护和待遇重新核对。",
        ],
        "custody" => &["从这一刻起由新的照护人负责；孩子的其他办件随之核对。"],
        "adoption" => &["孩子原来的儿童福利、寄养、监护办件当天办结，资料封存。"],
        _ => &[],
    }
}
