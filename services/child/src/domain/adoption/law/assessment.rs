//! 收养评估 (民法典第1105条; 收养评估办法（试行）; rules B2.10 SP, B5.14). Free of charge.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use uuid::Uuid;
use yiwang_casework::Refusal;
use yiwang_chassis::fault::FieldViolation;

use super::kind::Kind;

yiwang_casework::code_list! {
    /// What is looked at (收养评估办法（试行）第7条).
    Indicator {
        Motive = "motive", "收养动机";
        Morals = "morals", "道德品行";
        Education = "education", "受教育程度";
        Health = "health", "健康状况";
        Means = "means", "经济及住房条件";
        Marriage = "marriage", "婚姻家庭关系";
        Members = "members", "共同生活家庭成员意见";
        Plan = "plan", "抚育计划";
        Neighbours = "neighbours", "邻里关系";
        Community = "community", "社区环境";
        Bond = "bond", "与被收养人融合情况";
    }
}

yiwang_casework::code_list! {
    /// What excludes whatever the score (收养评估办法（试行）第9条).
    Veto {
        FalsePapers = "false_papers", "弄虚作假";
        IllegalGroup = "illegal_group", "参加非法组织、邪教组织";
        HarmToMinors = "harm_to_minors", "买卖、性侵、虐待、遗弃、非法送养未成年人，或者其他侵犯未成年人身心健康的行为";
        Violence = "violence", "持续性、经常性的家庭暴力";
        Crime = "crime", "故意犯罪，判处或者可能判处有期徒刑以上刑罚";
        Illness = "illness", "患有精神类疾病、传染性疾病、重度残疾或者智力残疾、重大疾病";
        Habits = "habits", "吸毒、酗酒、赌博、嫖娼等恶习";
        HarmInTrial = "harm_in_trial", "致使正在融合的儿童受到侵害或者面临危险";
        Other = "other", "其他不利于未成年人身心健康的行为";
    }
}

/// Whether the kind is assessed: all but step-children (收养评估办法（试行）第2条).
#[must_use]
pub fn needed(kind: Kind) -> bool {
    kind != Kind::Step
}

/// Points of one assessor, by indicator.
pub type Points = BTreeMap<&'static str, u32>;

/// Sum of the points, each within what its indicator gives at most.
///
/// # Errors
/// Points beyond the most.
pub fn total(points: &Points, most: &BTreeMap<String, u32>) -> Result<u32, Vec<FieldViolation>> {
    let beyond = points.iter().filter_map(|(code, points)| {
        let most = most.get(*code).copied().unwrap_or(0);
        (*points > most).then(|| {
            let label = Indicator::from_code(code).map_or("", Indicator::label);
            let message = format!("“{label}”最多{most}分。");
            FieldViolation::new(format!("/{code}"), "TOO_MANY_POINTS", message)
        })
    });
    let beyond: Vec<_> = beyond.collect();
    match beyond.is_empty() {
        true => Ok(points.values().sum()),
        false => Err(beyond),
    }
}

/// What one assessor found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Account of the assessor.
    pub by: Uuid,
    /// Points.
    pub total: u32,
    /// What excludes.
    pub vetoes: Vec<Veto>,
}

/// What the assessment comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    /// Mean of the assessors, rounded down.
    pub score: u32,
    /// Passed.
    pub passed: bool,
}

/// The verdict of all assessors.
///
/// # Errors
/// `ASSESSORS_TOO_FEW`: fewer than `least` different people.
pub fn verdict(found: &[Finding], pass: u32, least: u32) -> Result<Verdict, Refusal> {
    let people: BTreeSet<Uuid> = found.iter().map(|it| it.by).collect();
    let count = u32::try_from(people.len()).unwrap_or(u32::MAX);
    if count < least.max(1) {
        let message = format!(
            "评估要不少于{least}名评估人员各自用本人账号评分，现在只有{count}名，请等其他评估人员评分。"
        );
        return Err(Refusal::new("ASSESSORS_TOO_FEW", message));
    }
    let sum: u32 = found.iter().map(|it| it.total).sum();
    let score = sum / u32::try_from(found.len()).unwrap_or(1).max(1);
    let excluded = found.iter().any(|it| !it.vetoes.is_empty());
    Ok(Verdict {
        score,
        passed: score >= pass && !excluded,
    })
}

/// Whoever assessed decides nothing (rules B5.14).
///
/// # Errors
/// `ASSESSOR_DECIDES`.
pub fn independent(assessors: &[Uuid], who: Uuid) -> Result<(), Refusal> {
    match assessors.contains(&who) {
        true => Err(Refusal::new(
            "ASSESSOR_DECIDES",
            "您参加了这次收养评估，不能再审批，请由没有参加评估的工作人员办理。",
        )),
        false => Ok(()),
    }
}

/// An assessor is nobody's relative and nobody on the case.
///
/// # Errors
/// `ASSESSOR_RELATED`.
pub fn stranger(name: &str, declared: bool, people: &[&str]) -> Result<(), Refusal> {
    let on_it = people.iter().any(|one| one.trim() == name.trim());
    match declared && !on_it {
        true => Ok(()),
        false => Err(Refusal::new(
            "ASSESSOR_RELATED",
            "评估人员不能是当事人或者当事人的亲属，请换别的评估人员。",
        )),
    }
}

/// Whether living together lasted long enough.
#[must_use]
pub fn bonded(from: Date, to: Date, days: u32) -> bool {
    super::notice::last_day(from, days) <= to
}
