//! The check list of a registration (rules A3.1 to A3.4), over plain values.
//!
//! One list in the order of the law: who may register here, who stands at the counter, then
//! 年龄、自愿、配偶、亲属 (条例 of 2025 on 不予登记), then papers and signatures. Illness is not
//! on it: it is told to the other, never a ground to refuse (民法典 1053). The first that does
//! not hold is the refusal; all of them are what a registrar sees before anybody signs.

use yiwang_casework::Refusal;
use yiwang_civic::citizen_id::Sex;

use super::{
    couple::{Couple, One},
    fields::stated_label,
    form::Kind,
    late,
    paper::Paper,
};
use crate::domain::{
    competence::{self, Act},
    identity::Identity,
    legal_age,
    party::{Residence, StatedStatus},
    record::Known,
    status::{self, Status},
};

/// One question of the law; a refusal when the answer is no.
pub type Check = fn(&Couple<'_>) -> Option<Refusal>;

/// All of them, in the order of the law.
pub const ALL: &[Check] = &[
    qualified,
    competent,
    both_present,
    identified,
    register_answered,
    alive,
    man_and_woman,
    of_age,
    willing,
    unmarried,
    not_kin,
    not_frozen,
    status_proven,
    signed,
    formerly_married,
];

/// What is asked before anything is written down.
pub const AT_FILING: &[Check] = &[qualified, competent, man_and_woman, formerly_married];

/// What is asked before the declaration counts.
pub const AT_DECLARATION: &[Check] = &[qualified, both_present, signed];

/// The first of `checks` that does not hold.
///
/// # Errors
/// Its refusal.
pub fn hold(checks: &[Check], couple: &Couple<'_>) -> Result<(), Refusal> {
    let first = checks.iter().find_map(|check| check(couple));
    first.map_or(Ok(()), Err)
}

/// Everything that stands in the way, in the order of the law.
#[must_use]
pub fn findings(couple: &Couple<'_>) -> Vec<Refusal> {
    ALL.iter().filter_map(|check| check(couple)).collect()
}

fn first_of(couple: &Couple<'_>, check: impl Fn(&One<'_>) -> Option<Refusal>) -> Option<Refusal> {
    couple.both.iter().find_map(check)
}

fn qualified(couple: &Couple<'_>) -> Option<Refusal> {
    (!couple.qualified).then(|| {
        Refusal::new(
            "REGISTRAR_NOT_QUALIFIED",
            "您不是本登记处经培训考核合格的婚姻登记员，请交给本处的婚姻登记员办理。",
        )
    })
}

fn competent(couple: &Couple<'_>) -> Option<Refusal> {
    let [a, b] = &couple.both;
    let (a, b) = (a.residence, Some(b.residence));
    (!competence::competent(couple.competence, a, b, Act::Marriage)).then(|| {
        Refusal::new(
            "NO_COMPETENCE",
            "本登记处没有办理涉外、涉港澳台或者华侨婚姻登记的权限，请告知双方到省级民政部门确定的登记机关办理。",
        )
    })
}

fn both_present(couple: &Couple<'_>) -> Option<Refusal> {
    couple.both.iter().any(|one| !one.present).then(|| {
        Refusal::new(
            "NOT_BOTH_PRESENT",
            "结婚登记须男女双方亲自到场共同申请，不能委托他人，也不能视频办理。请等双方到齐后再办理（民法典第一千零四十九条）。",
        )
    })
}

fn identified(couple: &Couple<'_>) -> Option<Refusal> {
    first_of(couple, |one| {
        let side = one.side();
        let message = match one.identity {
            Identity::Unanswered => format!(
                "{side}没有当天的身份核对结果，不能登记。请点“重新核对身份”；公安人口信息库暂时连不上的，等恢复后再办理。"
            ),
            Identity::Differs => format!(
                "{side}的姓名、证件号码与公安人口信息库（境外证件为移民管理机构）的记载不一致。请核对证件后点“重新核对身份”；确有差异的，凭公安机关出具的身份信息证明点“登记证明材料”。"
            ),
            Identity::Match | Identity::Proven | Identity::Dead => return None,
        };
        Some(Refusal::new("ID_NOT_VERIFIED", message))
    })
}

/// No answer of the register, no registration (rules A5.1).
fn register_answered(couple: &Couple<'_>) -> Option<Refusal> {
    couple.both.iter().any(|one| one.known.is_none()).then(|| {
        Refusal::new(
            "REGISTER_UNREACHABLE",
            "全国婚姻基础信息库没有应答，现在不能登记。请稍后再试；当事人提供的证明不能代替联网核对。",
        )
    })
}

fn alive(couple: &Couple<'_>) -> Option<Refusal> {
    first_of(couple, |one| {
        let dead = one.identity == Identity::Dead
            || one.known.is_some_and(|known| known.died_on.is_some());
        let side = one.side();
        dead.then(|| {
            let message = format!(
                "{side}在公安人口信息库或者婚姻登记系统中记载为已经死亡，不能登记。请核对是否本人；记载有误的，请本人先到公安机关更正。"
            );
            Refusal::new("DEAD", message)
        })
    })
}

fn man_and_woman(couple: &Couple<'_>) -> Option<Refusal> {
    let [a, b] = &couple.both;
    (a.sex == b.sex).then(|| {
        Refusal::new(
            "NOT_MAN_AND_WOMAN",
            "按身份证件，双方不是一男一女，不能办理结婚登记。请核对是否读错了证件（民法典第一千零四十六条）。",
        )
    })
}

fn of_age(couple: &Couple<'_>) -> Option<Refusal> {
    first_of(couple, |one| {
        let ages = &couple.ages;
        if legal_age::of_age(one.sex, one.born, couple.on, ages) {
            return None;
        }
        let years = match one.sex {
            Sex::Male => ages.man,
            Sex::Female => ages.woman,
        };
        let from = late::of_age_from(one, ages).map_or_else(String::new, |day| {
            format!(
                "，{}年{}月{}日起可以登记",
                day.year(),
                day.month(),
                day.day()
            )
        });
        let message = format!(
            "{}未满{years}周岁，没有达到法定结婚年龄{from}。请点“不予登记”并说明理由（民法典第一千零四十七条）。",
            one.side()
        );
        Some(Refusal::new("UNDER_AGE", message))
    })
}

fn willing(couple: &Couple<'_>) -> Option<Refusal> {
    first_of(couple, |one| {
        (!one.willing).then(|| {
            let message = format!(
                "{}没有回答自愿结婚，不能登记。确实不愿意的请点“不予登记”；怀疑受到胁迫的，请把双方分开询问，报告公安机关，并告知求助途径（民法典第一千零四十六条）。",
                one.side()
            );
            Refusal::new("NOT_VOLUNTARY", message)
        })
    })
}

/// A valid row refuses whatever is stated or shown: a divorce by a court is noted first
/// (rules A5.6).
fn unmarried(couple: &Couple<'_>) -> Option<Refusal> {
    let [a, b] = &couple.both;
    let spouse = a.known.and_then(Known::valid);
    if spouse.is_some_and(|record| record.spouse_of(a.key) == Some(b.key)) {
        let message =
            "双方已经是夫妻，不需要再次登记。结婚证遗失、损毁的，请办理“补领婚姻登记证”。";
        return Some(Refusal::new("ALREADY_MARRIED", message));
    }
    first_of(couple, |one| {
        one.known.and_then(Known::valid).map(|_| {
            let message = format!(
                "{}在全国婚姻基础信息库中有有效的婚姻，不能登记。已由法院判决或者调解离婚的，请先凭生效文书办理“法院裁判备注”；其他情形请点“不予登记”（民法典第一千零四十二条）。",
                one.side()
            );
            Refusal::new("ALREADY_MARRIED", message)
        })
    })
}

fn not_kin(couple: &Couple<'_>) -> Option<Refusal> {
    couple.kin.barred().then(|| {
        let message = format!(
            "双方声明的关系是{}，属于法律禁止结婚的亲属。请核实后点“不予登记”并说明理由（民法典第一千零四十八条）。",
            couple.kin.label()
        );
        Refusal::new("KINSHIP", message)
    })
}

/// Two valid records of one person: nothing is registered until a registrar has settled it
/// (rules A2.8).
fn not_frozen(couple: &Couple<'_>) -> Option<Refusal> {
    first_of(couple, |one| {
        one.known.and_then(|known| known.frozen.as_ref()).map(|_| {
            let message = format!(
                "{}的婚姻登记记录有冲突，正在核实，暂时不能登记。请先到“异常清单”处理，处理完再办理。",
                one.side()
            );
            Refusal::new("FROZEN", message)
        })
    })
}

fn status_proven(couple: &Couple<'_>) -> Option<Refusal> {
    first_of(couple, |one| {
        let known = one.known.filter(|known| known.valid().is_none())?;
        let side = one.side();
        if one.residence != Residence::Mainland {
            // The register does not reach beyond the mainland.
            let message = format!(
                "{side}不是内地居民，请查验经公证、认证的无配偶声明或者证明，点“登记证明材料”登记后再办理。"
            );
            let shown = one.papers.contains(&Paper::NoSpouseProof);
            return (!shown).then(|| Refusal::new("STATUS_UNPROVEN", message));
        }
        let recorded = status::of(one.key, known, couple.on);
        let agrees = recorded == expected(one.stated);
        if agrees || one.papers.iter().any(|paper| paper.proves(one.stated)) {
            return None;
        }
        let next = match one.stated {
            StatedStatus::Single => "请向本人核实；所说有误的，请重新签署声明",
            StatedStatus::Divorced => {
                "请查验离婚证、法院生效裁判文书或者法院离婚证明书，点“登记证明材料”"
            }
            StatedStatus::Widowed => {
                "请查验居民死亡医学证明（推断）书和已故配偶的结婚证，点“登记证明材料”"
            }
        };
        let message = format!(
            "{side}声明{}，婚姻登记系统的记载是{}。{next}。",
            stated_label(one.stated),
            recorded.label()
        );
        Some(Refusal::new("STATUS_UNPROVEN", message))
    })
}

/// The recorded status that fits what somebody says.
fn expected(stated: StatedStatus) -> Status {
    match stated {
        StatedStatus::Single => Status::NeverMarried,
        StatedStatus::Divorced => Status::Divorced,
        StatedStatus::Widowed => Status::Widowed,
    }
}

fn signed(couple: &Couple<'_>) -> Option<Refusal> {
    first_of(couple, |one| {
        (!one.signed).then(|| {
            let message = format!(
                "{}还没有在登记员面前签署《申请结婚登记声明书》，请本人当面签名、按指印后再继续。",
                one.side()
            );
            Refusal::new("NOT_SIGNED", message)
        })
    })
}

fn formerly_married(couple: &Couple<'_>) -> Option<Refusal> {
    (couple.kind == Kind::Remarriage && !couple.formerly_each_other()).then(|| {
        Refusal::new(
            "NOT_FORMERLY_MARRIED",
            "婚姻登记系统中没有双方离婚的记录，不能按复婚登记办理。请把登记种类选为“结婚登记”重新受理，条件和结果相同（民法典第一千零八十三条）。",
        )
    })
}
