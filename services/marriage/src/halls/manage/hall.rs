//! Opens halls and changes them.

use serde_json::json;
use sqlx::PgConnection;
use yiwang_casework::{
    Runtime,
    service::once::{self, Claimed},
};
use yiwang_chassis::{
    fault::{Code, Fault},
    identity::{Caller, Role},
    journal,
};
use yiwang_civic::{division, time};
use yiwang_proto::marriage::v1 as pb;

use super::{
    is_keeper, keeps, kept, locked,
    store::{self, Registrar},
    valid::{self, Draft},
};
use crate::{
    domain::staffing::{StaffingRules, is_district},
    halls::{
        appointment, hall_unknown, in_force, local,
        plan::Hours,
        schedule::Setting,
        setting,
        store::{self as places, Hall},
        trail, view,
    },
};

/// The halls that the caller keeps.
pub(in crate::halls) async fn list(
    rt: &Runtime,
    caller: &Caller,
) -> Result<pb::ManagedHalls, Fault> {
    is_keeper(caller)?;
    let mut conn = rt.pool.acquire().await?;
    let found = store::halls(&mut conn, &caller.scopes(Role::CountyOfficer)).await?;
    let mut halls = Vec::new();
    for hall in found {
        halls.push(setup(rt, &mut conn, hall).await?);
    }
    Ok(pb::ManagedHalls { halls })
}

/// One of them.
pub(in crate::halls) async fn get(
    rt: &Runtime,
    caller: &Caller,
    request: pb::GetHallRequest,
) -> Result<pb::HallSetup, Fault> {
    let mut conn = rt.pool.acquire().await?;
    let hall = kept(&mut conn, caller, &request.code).await?;
    setup(rt, &mut conn, hall).await
}

/// Opens a hall, or changes one that was read in the same version.
pub(in crate::halls) async fn save(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::SaveHallRequest,
) -> Result<pb::HallSetup, Fault> {
    is_keeper(caller)?;
    let key = std::mem::take(&mut request.idempotency_key);
    let draft = valid::hall(&request)?;
    keeps(caller, &draft.division)?;
    let mut tx = rt.pool.begin().await?;
    let account = Some(caller.account);
    let claim = match once::claim(rt, &mut tx, "save_hall", account, &key, &request).await? {
        Claimed::Fresh(claim) => claim,
        Claimed::Replay(setup) => return Ok(setup),
    };
    let (code, what) = match request.version {
        0 => (open(rt, &mut tx, &draft).await?, "opened"),
        version => {
            let before = locked(&mut tx, caller, &draft.code).await?;
            if before.version != version {
                return Err(Fault::conflict());
            }
            change(rt, &mut tx, &before, &draft).await?;
            (before.code, "saved")
        }
    };
    let hall = store::hall(&mut tx, &code).await?;
    let hall = hall.ok_or_else(hall_unknown)?;
    let detail = json!({
        "hours": hall.hours.in_words(), "slot_minutes": hall.hours.slot_minutes,
        "slot_capacity": hall.capacity, "competence": hall.competence, "grade": hall.grade,
        "active": hall.active, "version": hall.version,
    });
    let action = format!("hall.{what}");
    let entry = trail::entry(rt, Some(caller), &action, format!("hall/{code}"), detail);
    let event = trail::of_hall(rt, &hall, what, String::new());
    journal::write(&mut tx, &entry, &event).await?;
    let response = setup(rt, &mut tx, hall).await?;
    claim.finish(rt, tx, response).await
}

async fn open(rt: &Runtime, conn: &mut PgConnection, draft: &Draft) -> Result<String, Fault> {
    let opened = store::open(conn, draft, rt.now()).await?;
    opened.ok_or_else(|| {
        let message = "这个登记处代码已经有了，请换一个序号，或者不填，由系统接着编。";
        let taken = Fault::invalid_field("/code", "CODE_TAKEN", message);
        Fault {
            code: Code::AlreadyExists,
            ..taken
        }
    })
}

/// Nobody who booked is sent away by it: they come at their time, even where it is none any
/// more or has fewer places now.
async fn change(
    rt: &Runtime,
    conn: &mut PgConnection,
    before: &Hall,
    draft: &Draft,
) -> Result<(), Fault> {
    let now = rt.now();
    if before.active && !draft.active {
        let expected = appointment::expected(conn, &before.code, now).await?;
        if expected > 0 {
            let message = format!(
                "还有{expected}个预约没有办。请先在“办公日”里把有预约的日子改为不办公，再停用登记处。"
            );
            return Err(Fault {
                fields: vec![],
                ..Fault::precondition("HALL_HAS_BOOKINGS", message)
            });
        }
    }
    store::change(conn, &before.code, draft, now).await?;
    if before.capacity == draft.capacity {
        return Ok(());
    }
    places::resize(
        conn,
        &before.code,
        (now, jiff::Timestamp::MAX),
        draft.capacity,
    )
    .await?;
    // Days with places of their own keep them.
    let today = local(now).date();
    for (day, set) in setting::all(conn, before, today).await? {
        if let Setting::Open {
            capacity: Some(capacity),
            ..
        } = set
        {
            let span = (time::start_of_day(day), time::end_of_day(day));
            places::resize(conn, &before.code, span, capacity).await?;
        }
    }
    Ok(())
}

async fn setup(rt: &Runtime, conn: &mut PgConnection, hall: Hall) -> Result<pb::HallSetup, Fault> {
    let today = time::beijing_date(rt.now());
    let registrars = store::registrars(conn, &hall.code).await?;
    let able: Vec<&Registrar> = registrars
        .iter()
        .filter(|one| one.may_register(today))
        .collect();
    let rules = in_force(rt, &hall.division, StaffingRules::load)?;
    Ok(pb::HallSetup {
        active: hall.active,
        version: hall.version,
        hours: Some(wire_hours(&hall.hours)),
        slot_minutes: i32::from(hall.hours.slot_minutes),
        slot_capacity: hall.capacity,
        population: hall.population.unwrap_or_default(),
        registrars: i32::try_from(able.len()).unwrap_or(i32::MAX),
        warnings: warnings(&hall, &able, &rules),
        hall: Some(view::hall(hall)),
    })
}

/// What is not as the standard asks.
fn warnings(hall: &Hall, able: &[&Registrar], rules: &StaffingRules) -> Vec<String> {
    let mut warnings = Vec::new();
    if hall.active && able.is_empty() {
        warnings.push("还没有能够登记的登记员，这里受理不了登记。".to_owned());
    }
    if !hall.grade.is_empty() {
        let county = hall.division.get(..6).and_then(division::find);
        let district = county.is_some_and(|county| is_district(county.name));
        let residents = hall.population.and_then(|count| u32::try_from(count).ok());
        let needed = rules.needed(residents, district);
        let there = able.len();
        if u32::try_from(there).is_ok_and(|there| there < needed) {
            let unknown = match residents {
                Some(_) => "",
                None => "（没有填人口数，按最少的算）",
            };
            warnings.push(format!(
                "{}级登记处至少要有{needed}名登记员{unknown}，现在能够登记的有{there}名。",
                hall.grade
            ));
        }
    }
    let abroad = |kinds: &[String]| kinds.iter().any(|kind| kind != "mainland");
    if abroad(&hall.competence) {
        let there = able.iter().filter(|one| abroad(&one.kinds)).count();
        if u32::try_from(there).is_ok_and(|there| there < rules.foreign) {
            warnings.push(format!(
                "办理涉外、涉港澳台和华侨婚姻登记，至少要有{}名受过这方面培训的登记员，\
                 现在有{there}名。",
                rules.foreign
            ));
        }
    }
    warnings
}

/// Hours as contracts write them.
pub(super) fn wire_hours(hours: &Hours) -> pb::DayHours {
    let at = |time: jiff::civil::Time| format!("{:02}:{:02}", time.hour(), time.minute());
    pb::DayHours {
        opens: at(hours.opens),
        closes_noon: at(hours.closes_noon),
        opens_noon: at(hours.opens_noon),
        closes: at(hours.closes),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Time, date};

    use super::*;

    #[test]
    fn what_a_hall_lacks_is_told() {
        let noon = Time::constant(12, 0, 0, 0);
        let mut hall = Hall {
            code: "421202001-01".into(),
            name: "咸安区婚姻登记处".into(),
            address: String::new(),
            phone: String::new(),
            division: "421202001".into(),
            grade: "4A".into(),
            competence: vec!["mainland".into(), "foreign".into()],
            hours: Hours {
                opens: noon,
                closes_noon: noon,
                opens_noon: noon,
                closes: noon,
                slot_minutes: 30,
            },
            capacity: 3,
            active: true,
            version: 1,
            population: Some(380_000),
        };
        let rules = StaffingRules {
            least: 4,
            least_for: 300_000,
            step_district: 80_000,
            step_county: 100_000,
            foreign: 2,
        };
        let one = |serial: u128, kinds: &[&str]| Registrar {
            account: uuid::Uuid::from_u128(serial),
            name: "孙丽".into(),
            active: true,
            qualified_until: date(2030, 1, 1),
            trained_on: None,
            examined_on: None,
            kinds: kinds.iter().map(|kind| (*kind).to_owned()).collect(),
        };
        let told = warnings(&hall, &[], &rules);
        assert_eq!(told.len(), 3);
        assert!(told[1].contains("至少要有5名"), "{}", told[1]);
        let all: Vec<Registrar> = (0..5).map(|at| one(at, &["mainland", "foreign"])).collect();
        let all: Vec<&Registrar> = all.iter().collect();
        assert!(warnings(&hall, &all, &rules).is_empty());
        hall.population = None;
        let told = warnings(&hall, &all[..3], &rules);
        assert!(told[0].contains("至少要有4名登记员（没有填人口数"));
        hall.grade.clear();
        hall.competence.pop();
        assert!(warnings(&hall, &all[..1], &rules).is_empty());
    }
}
