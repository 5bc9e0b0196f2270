//! What each act does: pure (rules F18).

mod acceptance;
mod order;

use yiwang_casework::{Case, Context, Decision, Material, Refusal};
use yiwang_civic::params::{ParamError, Value};

use super::{
    GraveRemediation,
    action::{Action, Doer, Outcome, Owner, Relic, Treatment},
    facts::Facts,
    form::{Area, Form, GraveKind},
    state::State,
    world::{Effect, World},
};
use crate::domain::desk::{at_field, filled, valid};

pub use order::NOTICE;

/// Result of an act.
type Decided = Result<Decision<GraveRemediation>, Refusal>;

/// Whether the region's list `rule` names the area.
fn listed(cx: &Context<'_>, rule: &str, area: Area) -> Result<bool, ParamError> {
    let list = cx.rule(rule)?.list()?;
    Ok(list
        .iter()
        .filter_map(Value::text)
        .any(|code| code == area.code()))
}

/// An officer registers what was found.
pub(super) fn submit(
    form: &Form,
    materials: &[Material],
    cx: &Context<'_>,
    world: &World,
) -> Decided {
    if cx.actor.officer().is_none() {
        let message = "违规坟墓由乡镇（街道）、民政局登记；发现线索请拨打12345。";
        return Err(Refusal::new("WRONG_ROLE", message));
    }
    valid(form.violations(cx.division, cx.today()))?;
    if form.relic {
        let message = "受国家保护的墓葬不予整治，不用登记；请告知文物部门保护。";
        return Err(at_field("RELIC_EXEMPT", "/relic", message));
    }
    let photos: Vec<String> = materials
        .iter()
        .filter(|one| one.code == "photo")
        .map(|one| one.sha256.clone())
        .collect();
    if photos.is_empty() {
        let message = "请上传现场照片，拍到整座坟墓和周围环境；验收时要比对。";
        return Err(at_field("PHOTO_MISSING", "/materials/photo", message));
    }
    if let Some(other) = &world.same_place {
        let message = format!("这个位置已经登记（{other}），请打开原来的办件。");
        return Err(at_field("GRAVE_KNOWN", "/longitude", message));
    }
    let at = form
        .position()
        .ok_or_else(|| at_field("POSITION", "/longitude", "请填写经纬度。"))?;
    let priority = listed(cx, "burial.remediation.areas", form.area)?;
    let facts = Facts {
        priority,
        photos,
        ..Facts::default()
    };
    let note = match priority {
        true => format!("登记{}，属于三沿六区", form.kind.label()),
        false => format!("登记{}", form.kind.label()),
    };
    Ok(Decision::to(State::Registered, facts, note).effect(Effect::Open { at, priority }))
}

/// Decides an act on a case.
pub(super) fn decide(
    case: &Case<GraveRemediation>,
    action: Action,
    cx: &Context<'_>,
    world: &World,
) -> Decided {
    match action {
        Action::Attribute(owner) => attribute(case, owner),
        Action::Order(data) => order::order(case, data, cx),
        Action::Announce(data) => order::announce(case, &data, cx),
        Action::OrderOver => Ok(order::over(case, "改正期限届满，没有整改")),
        Action::NoticeOver => Ok(order::over(case, "公告期满，没有找到墓主")),
        Action::Treat(data) => treat(case, data, cx, world),
        Action::Accept(data) => acceptance::first(case, data, cx),
        Action::Countersign => acceptance::second(case, cx),
        Action::Reject(data) => acceptance::reject(case, &data, cx),
        Action::Recheck(data) => acceptance::recheck(case, data, cx),
        Action::Exempt(data) => exempt(case, data),
    }
}

/// 归属认定: from then on the owner is asked.
fn attribute(case: &Case<GraveRemediation>, owner: Owner) -> Decided {
    let empty = [
        filled(&owner.name, "/name", "请填写墓主（后人）姓名。"),
        filled(&owner.evidence, "/evidence", "请填写认定依据。"),
    ];
    valid(empty.into_iter().flatten().collect())?;
    let mut facts = case.facts.clone();
    facts.owner = Some(owner);
    let mut decision = Decision::to(State::Registered, facts, "已查清归属").stop("announcement");
    if case.state == State::Announced {
        decision
            .notices
            .push(yiwang_casework::NoticeOp::Withdraw(NOTICE.to_owned()));
    }
    Ok(decision)
}

/// Whether a result puts this kind in order: where no grave may stay, one that is only hidden
/// behind trees stays one (FM-OLD 10); nobody lies in a living person's grave.
///
/// # Errors
/// `STAYS_IN_NO_GRAVE_AREA`, `NOBODY_TO_MOVE`, `CLAN_STAYS`.
pub fn fits(
    kind: GraveKind,
    area: Area,
    outcome: Outcome,
    cx: &Context<'_>,
) -> Result<(), Refusal> {
    let refuse = |code, message: String| Err(at_field(code, "/outcome", message));
    if kind == GraveKind::Living {
        return match outcome {
            Outcome::Rectified => Ok(()),
            _ => refuse(
                "NOBODY_TO_MOVE",
                "活人墓里没有遗体、骨灰，应当拆除恢复原状。".to_owned(),
            ),
        };
    }
    if kind == GraveKind::Clan && outcome == Outcome::Greened {
        let message = "宗族墓地被法规禁止，绿化遮蔽不算整改，请迁入公墓或者深埋。";
        return refuse("CLAN_STAYS", message.to_owned());
    }
    let must_move = listed(cx, "burial.remediation.must_move", area)?;
    if must_move && !matches!(outcome, Outcome::Moved | Outcome::BuriedDeep) {
        let message = format!(
            "坟墓在{}，应当迁移或者深埋不留坟头，不能只做{}。",
            area.label(),
            outcome.label()
        );
        return refuse("STAYS_IN_NO_GRAVE_AREA", message);
    }
    Ok(())
}

fn treat(
    case: &Case<GraveRemediation>,
    data: Treatment,
    cx: &Context<'_>,
    world: &World,
) -> Decided {
    valid(
        filled(&data.record, "/record", "请写明整改经过。")
            .into_iter()
            .collect(),
    )?;
    if data.done_on > cx.today() || data.done_on < case.form.found_on {
        let message = "完成日期应当在发现日期以后、今天以前，请核对。";
        return Err(at_field("DONE_ON", "/done_on", message));
    }
    fits(case.form.kind, case.form.area, data.outcome, cx)?;
    // Nobody touches a grave before its family had its time.
    if data.doer == Doer::Office && case.state != State::Overdue {
        let message = "组织整改要等改正期限届满或者公告期满；墓主自行整改的，请选“墓主自行整改”。";
        return Err(at_field("OWNER_HAS_TIME", "/doer", message));
    }
    if data.doer == Doer::Owner && case.facts.owner.is_none() {
        let message = "还没有认定墓主，请先办理归属认定。";
        return Err(at_field("OWNER_UNKNOWN", "/doer", message));
    }
    if data.outcome == Outcome::Moved && world.cemetery.is_none() {
        let message = "请填写迁入的公墓（骨灰堂）编号，应当是正在运行的公墓、骨灰堂。";
        return Err(at_field("CEMETERY_UNKNOWN", "/cemetery", message));
    }
    let note = format!("整改完成：{}", data.outcome.label());
    let mut facts = case.facts.clone();
    facts.treatments.push(data);
    Ok(Decision::to(State::Treated, facts, note)
        .stop("order")
        .stop("announcement"))
}

fn exempt(case: &Case<GraveRemediation>, data: Relic) -> Decided {
    let empty = [
        filled(&data.document, "/document", "请填写文物部门的认定文书。"),
        filled(&data.reasons, "/reasons", "请写明理由。"),
    ];
    valid(empty.into_iter().flatten().collect())?;
    let mut facts = case.facts.clone();
    facts.relic = Some(data);
    let mut decision = Decision::to(State::Exempt, facts, "属于受保护的墓葬，不予整治")
        .stop("order")
        .stop("announcement")
        .effect(Effect::Exempt);
    if case.state == State::Announced {
        decision
            .notices
            .push(yiwang_casework::NoticeOp::Withdraw(NOTICE.to_owned()));
    }
    Ok(decision)
}
