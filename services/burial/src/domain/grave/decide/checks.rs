//! Whether this person may have this place: the same at submission, at acceptance and when the
//! contract is signed.

use yiwang_casework::{Context, Refusal};
use yiwang_civic::params::Value;

use super::{no_place, taken};
use crate::domain::{
    desk::at_field,
    document::DeadDocument,
    grave::{
        eligibility::{self, Exception, Kinship, Served},
        form::Form,
        world::{Facility, Place, World, Zone},
    },
    ledger::{SpotError, SpotKind},
};

/// What the office must look at because no register answers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct ToSee {
    /// The originals of the papers.
    pub(super) originals: bool,
    /// The list of the service area.
    pub(super) list: bool,
    /// Proof of kinship.
    pub(super) kinship: bool,
}

/// All checks but the one of the hold.
pub(super) fn all(form: &Form, cx: &Context<'_>, world: &World) -> Result<ToSee, Refusal> {
    let (facility, place) = place(form, cx, world)?;
    let kind = place.spot.kind;
    let originals = papers(form, cx, world, kind)?;
    exception(form, cx)?;
    if let Some(elsewhere) = &world.rests {
        let message = format!(
            "使用人已经在{elsewhere}有位置。一位逝者只能有一处；要换地方的，请先办理迁葬或者退还。"
        );
        return Err(at_field("ALREADY_RESTS", "/user/id_number", message));
    }
    let kinship = joint(form, world, place)?;
    let served = eligibility::served(
        &facility.kind,
        &facility.serves,
        facility.division.get(..6).unwrap_or_default(),
        &form.user.household,
        form.resident,
    );
    // Whoever joins kin goes where they are.
    if served == Served::No && !kinship {
        let message = format!(
            "{}是公益性设施，只服务本区域的户籍和常住居民。户籍不在本区域但常住的，请勾选“常住”；都不是的，请选户籍所在地的公墓。",
            facility.name
        );
        return Err(at_field("NOT_SERVED", "/user/household", message));
    }
    years(form, cx, kind)?;
    Ok(ToSee {
        originals,
        list: served == Served::ByList && !kinship,
        kinship,
    })
}

fn place<'a>(
    form: &Form,
    cx: &Context<'_>,
    world: &'a World,
) -> Result<(&'a Facility, &'a Place), Refusal> {
    let facility = world.facility.as_ref().ok_or_else(|| {
        let message = "没有这个公墓（骨灰堂），请重新选择。";
        at_field("FACILITY_UNKNOWN", "/facility", message)
    })?;
    if facility.division != cx.division {
        let message = format!("{}不在所选的办理地区，请按公墓所在地提交。", facility.name);
        return Err(at_field("FACILITY_ELSEWHERE", "/facility", message));
    }
    let place = world.place.as_ref().ok_or_else(no_place)?;
    if place.facility != form.facility.trim() {
        let message = format!("这个位置不在{}，请重新选位。", facility.name);
        return Err(at_field("SPOT_ELSEWHERE", "/spot", message));
    }
    Ok((facility, place))
}

/// Death certificate and cremation certificate of this very person; for a body the zone instead.
/// True when the originals must be seen.
fn papers(form: &Form, cx: &Context<'_>, world: &World, kind: SpotKind) -> Result<bool, Refusal> {
    if form.user.document == DeadDocument::None || world.user.is_none() {
        let message = "位置登记给有姓名、有证件的逝者；无名骨灰由殡仪馆按规定保管。";
        return Err(at_field("USER_NAMELESS", "/user/document", message));
    }
    if form.living() {
        return Ok(false);
    }
    let mut originals = death(&form.death_certificate, world, form.cremated_elsewhere)?;
    if kind.for_body() {
        body_zone(form, cx, world)?;
    } else {
        originals |= cremation(&form.cremation_certificate, world, form.cremated_elsewhere)?;
    }
    Ok(originals)
}

/// The death certificate is this person's. True: not in the register, to be seen.
pub(super) fn death(number: &str, world: &World, elsewhere: bool) -> Result<bool, Refusal> {
    let at = |code, message: &str| Err(at_field(code, "/death_certificate", message));
    if number.trim().is_empty() {
        let message = "请填写死亡证明编号。没有死亡证明不能安放（国令824号）。";
        return at("DEATH_CERTIFICATE_MISSING", message);
    }
    match &world.death {
        None if elsewhere => Ok(true),
        None => at(
            "DEATH_CERTIFICATE_UNKNOWN",
            "网上没有查到这个编号的死亡证明，请核对编号；在外地去世、火化的请勾选“在外地火化”。",
        ),
        Some(death) if death.voided => at(
            "DEATH_CERTIFICATE_VOID",
            "这份死亡证明已经被出具单位作废，请换用重新出具的。",
        ),
        Some(death) if death.person.is_none() || death.person != world.user => at(
            "DEATH_CERTIFICATE_OTHER",
            "死亡证明上的人和填写的使用人不一致，请核对。",
        ),
        Some(_) => Ok(false),
    }
}

/// The cremation certificate is this person's. True: not in the chain, to be seen.
pub(super) fn cremation(number: &str, world: &World, elsewhere: bool) -> Result<bool, Refusal> {
    let at = |code, message: &str| Err(at_field(code, "/cremation_certificate", message));
    if number.trim().is_empty() {
        let message = "请填写火化证明编号。没有火化证明不能安放骨灰（国令824号）。";
        return at("CREMATION_CERTIFICATE_MISSING", message);
    }
    match &world.cremation {
        None if elsewhere => Ok(true),
        None => at(
            "CREMATION_CERTIFICATE_UNKNOWN",
            "网上没有查到这个编号的火化证明，请核对编号；在外地火化的请勾选“在外地火化”。",
        ),
        Some(done) if done.person.is_none() || done.person != world.user => at(
            "CREMATION_CERTIFICATE_OTHER",
            "火化证明上的人和填写的使用人不一致，请核对。",
        ),
        Some(_) => Ok(false),
    }
}

/// A body is buried in a burial reform area only, or by the customs of those exempt
/// (rules F16, B5.6).
fn body_zone(form: &Form, cx: &Context<'_>, world: &World) -> Result<(), Refusal> {
    if world.zone == Some(Zone::BurialReform) {
        return Ok(());
    }
    let exempt = cx.rule("burial.exempt_ethnicities")?.list()?;
    let own = form.user.ethnicity.trim();
    if !own.is_empty()
        && exempt
            .iter()
            .filter_map(Value::text)
            .any(|code| code == own)
    {
        return Ok(());
    }
    let message = "使用人户籍地不是公告的土葬改革区，遗体应当火化，请选骨灰的位置。";
    Err(at_field("BODY_IN_CREMATION_ZONE", "/spot", message))
}

fn exception(form: &Form, cx: &Context<'_>) -> Result<(), Refusal> {
    let at = |code, message: String| Err(at_field(code, "/exception", message));
    if form.exception == Exception::None {
        return Ok(());
    }
    if !eligibility::exceptions(cx)?.contains(&form.exception) {
        let message = format!(
            "本地没有为“{}”预留位置的规定，请在需要时再申请。",
            form.exception.label()
        );
        return at("EXCEPTION_NOT_HERE", message);
    }
    let old_enough = |id: &str| -> Result<bool, Refusal> {
        let least = cx.rule(id)?.int()?;
        let age = form
            .user
            .born()
            .map(|born| eligibility::age(born, cx.today()));
        Ok(age.is_some_and(|age| i64::from(age) >= least))
    };
    match form.exception {
        Exception::Elderly if !old_enough("burial.grave.elderly_age")? => at(
            "NOT_ELDERLY",
            "使用人还没有达到本地规定的高龄年龄。".to_owned(),
        ),
        Exception::Childless if !old_enough("burial.grave.childless_age")? => at(
            "NOT_ELDERLY",
            "使用人还没有达到本地规定的老年人年龄。".to_owned(),
        ),
        Exception::Spouse if form.joins().is_none() || form.kinship != Kinship::Spouse => at(
            "SPOUSE_MUST_JOIN",
            "为健在的配偶预留的，只能在逝者的墓位合葬，请填写逝者的合同编号。".to_owned(),
        ),
        _ => Ok(()),
    }
}

/// Joins kin in their place; true when the kinship must be proven.
fn joint(form: &Form, world: &World, place: &Place) -> Result<bool, Refusal> {
    let Some(contract) = form.joins() else {
        return Ok(false);
    };
    let at = |code, field: &str, message: &str| Err(at_field(code, field, message));
    if place.spot.kind.shared() {
        let message = "生态安葬不用合葬，请直接选同一个位置。";
        return at("JOIN_SHARED", "/join_contract", message);
    }
    if place.spot.use_of(contract).is_none() {
        let message = "所选位置没有这个编号的合同，请核对合同编号和位置。";
        return at("JOIN_UNKNOWN", "/join_contract", message);
    }
    if !form.kinship.may_join() {
        let message = "只有近亲属可以合葬，位置不能转给其他人。";
        return at("KINSHIP_TOO_FAR", "/kinship", message);
    }
    if place.spot.used() >= place.spot.capacity {
        return Err(taken(SpotError::Full, world));
    }
    Ok(true)
}

fn years(form: &Form, cx: &Context<'_>, kind: SpotKind) -> Result<(), Refusal> {
    let cycle = cx.rule("burial.grave.cycle_years")?.count()?;
    if kind.has_period() && !(1..=cycle).contains(&form.years) {
        let message = format!("一个使用周期最多{cycle}年，期满可以续期，请改小年数。");
        return Err(at_field("YEARS_TOO_LONG", "/years", message));
    }
    Ok(())
}
