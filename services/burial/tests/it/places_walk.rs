//! The walk of tests/law over the real tables: after every operation the tables say what the
//! pure books say, and refuse what they refuse.

#[path = "../walk/yard.rs"]
#[expect(dead_code, reason = "shared with the walk over the pure books")]
mod yard;

use jiff::Timestamp;
use serde_json::json;
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_burial::{
    ashes::ledger::{self, Move, New, Place},
    domain::{
        Grave,
        grave::{
            Effect, Facts, State,
            world::{Signed, Terms},
        },
        ledger::{Disposition, SpotKind, SpotState},
    },
    places::{demo, store},
};
use yiwang_casework::{ApplyError, Case, KeyedPerson, Person, Refusal, Registered};
use yiwang_chassis::db::to_chrono;

use crate::{
    cemetery::{Cemetery, signer},
    house::id_number,
};
use yard::{Dice, HALLS, Op, Yard, case_number, person_key, person_of, until};

const STEPS: usize = 500;
const PEOPLE: usize = 40;

fn signed() -> Signed {
    Signed {
        first: signer(1, "周敏"),
        second: signer(2, "张三"),
        receipt: String::new(),
    }
}

fn terms(kind: SpotKind) -> Terms {
    Terms {
        from: "2026-05-12".parse().unwrap(),
        until: kind.has_period().then(until),
        exception: None,
        approved_by: None,
    }
}

/// A case of this number about this place, for this person.
fn case(number: usize, spot: Uuid) -> (Case<Grave>, Vec<KeyedPerson>) {
    let id = id_number("19480312", 1);
    let form = json!({
        "handler": crate::cemetery::handler(&id_number("19750101", 3)),
        "user": { "name": "张大山", "id_number": id }, "facility": HALLS[0], "spot": spot,
    });
    let case = Case {
        number: case_number(number),
        division: HALLS[0][..9].to_owned(),
        applicant: String::new(),
        account: Uuid::nil(),
        form: serde_json::from_value(form).unwrap(),
        state: State::Submitted,
        facts: Facts::default(),
        materials: Vec::new(),
        clocks: Vec::new(),
        notices: Vec::new(),
        version: 1,
        submitted_on: "2026-05-12".parse().unwrap(),
    };
    let person = Person {
        id: id.parse().unwrap(),
        name: "张大山".to_owned(),
        relation: "user".to_owned(),
    };
    let key = person_key(person_of(number));
    (case, vec![KeyedPerson { key, person }])
}

/// The same operation on the tables, by the code that serves them.
async fn apply(
    it: &Cemetery,
    conn: &mut PgConnection,
    yard: &Yard,
    urns: &mut Vec<String>,
    op: Op,
) -> Result<(), ApplyError> {
    let (rt, now) = (&it.world().rt, yard.now);
    let refused = |code: &'static str| ApplyError::Refused(Refusal::new(code, ""));
    let effect = |number: usize, at: Option<usize>, effect: Effect| {
        let spot = at
            .map(|at| yard.ids[at])
            .ok_or_else(|| refused("NOT_IN_SPOT"));
        (number, spot, effect)
    };
    let urn_of = |number: usize| {
        let urn = yard.urn_of(person_of(number));
        // A number that nobody has: the ledger refuses it.
        urn.map_or_else(|| "GH0".to_owned(), |urn| urns[urn].clone())
    };
    let body = |at: Option<usize>| at.is_some_and(|at| yard.spots[at].kind.for_body());
    let (number, spot, effect) = match op {
        Op::Wait(_) => return Ok(()),
        Op::Cremate(person) => {
            let number = ledger::next_number(conn, HALLS[0], now).await?;
            let key = person_key(person);
            let new = New {
                body: None,
                person: Some(&key),
                facility: HALLS[0],
                case_number: "ZS0",
                signed: (&signer(1, "甲"), &signer(2, "乙")),
                name: "张大山",
                receipt: "",
            };
            ledger::receive(rt, conn, &number, new, now).await?;
            urns.push(number);
            return Ok(());
        }
        Op::HandOut(urn) => return go(conn, yard, urns, urn, Place::WithFamily, now).await,
        Op::Store(urn, hall) => {
            let to = Place::InHall {
                facility: HALLS[hall],
            };
            return go(conn, yard, urns, urn, to, now).await;
        }
        Op::Expire(_) | Op::Inspect(_) | Op::Block(_) | Op::Unblock(_) | Op::LetGo(..) => {
            return step(conn, yard, op, now).await;
        }
        Op::Hold(at, number) => {
            let until = yard.hold_until();
            effect(number, Some(at), Effect::Hold { from: None, until })
        }
        Op::Reserve(at, number) => {
            let terms = terms(yard.spots[at].kind);
            effect(number, Some(at), Effect::Reserve(terms))
        }
        Op::Join(at, beside, number) => {
            let (beside, terms) = (case_number(beside), terms(SpotKind::AshJoint));
            effect(number, Some(at), Effect::Join { beside, terms })
        }
        Op::Lay(number) => {
            let at = yard.spot_of(number);
            let urn = (!body(at)).then(|| urn_of(number));
            let signed = signed();
            effect(number, at, Effect::Lay { urn, signed })
        }
        Op::TakeOut(number, to_hall) => {
            let at = yard.spot_of(number);
            let urn = (!body(at)).then(|| urn_of(number));
            let signed = signed();
            effect(
                number,
                at,
                Effect::TakeOut {
                    urn,
                    to_hall,
                    signed,
                },
            )
        }
        Op::GiveBack(number) => effect(number, yard.spot_of(number), Effect::GiveBack),
        Op::Renew(number) => effect(number, yard.spot_of(number), Effect::Renew(until())),
    };
    let (case, people) = case(number, spot?);
    Grave::apply(rt, conn, &case, &people, vec![effect], now).await
}

/// An urn goes from hand to hand; out of a grave only by the act of the grave.
async fn go(
    conn: &mut PgConnection,
    yard: &Yard,
    urns: &[String],
    urn: usize,
    to: Place<'_>,
    now: Timestamp,
) -> Result<(), ApplyError> {
    let refused = |code| Err(ApplyError::Refused(Refusal::new(code, "")));
    match yard.urns.get(urn).map(|urn| urn.at.disposition()) {
        None => return refused("URN_UNKNOWN"),
        Some(Disposition::InPlot) => return refused("URN_ELSEWHERE"),
        Some(_) => {}
    }
    let mv = Move {
        urn: &urns[urn],
        to,
        first: &signer(1, "周敏"),
        second: &signer(2, "张三"),
        case_number: "JC0",
        receipt: "",
    };
    ledger::move_to(conn, mv, now).await
}

/// What staff and time do to a place.
async fn step(
    conn: &mut PgConnection,
    yard: &Yard,
    op: Op,
    now: Timestamp,
) -> Result<(), ApplyError> {
    let at = match op {
        Op::Expire(at) | Op::Inspect(at) | Op::Block(at) | Op::Unblock(at) | Op::LetGo(at, _) => at,
        other => panic!("{other:?}"),
    };
    let mut place = store::lock(conn, yard.ids[at]).await?.unwrap();
    let before = place.spot.clone();
    let done = match op {
        Op::Expire(_) => place.spot.expire(),
        Op::Inspect(_) => place.spot.inspect(),
        Op::Block(_) => place.spot.block(now),
        Op::LetGo(_, number) => place.spot.let_go(&case_number(number)),
        _ => place.spot.unblock(),
    };
    done.map_err(|error| ApplyError::Refused(error.into()))?;
    store::save(conn, &before, &place, None).await
}

/// Tables and books say the same.
async fn same(conn: &mut PgConnection, yard: &Yard, urns: &[String], op: Op) {
    for (at, spot) in yard.spots.iter().enumerate() {
        let place = store::find(conn, yard.ids[at]).await.unwrap().unwrap();
        let sorted = |spot: &yiwang_burial::domain::ledger::Spot| {
            let mut spot = spot.clone();
            spot.uses.sort_by(|a, b| a.case_number.cmp(&b.case_number));
            spot.holds.sort_by(|a, b| a.by.cmp(&b.by));
            spot
        };
        assert_eq!(sorted(&place.spot), sorted(spot), "after {op:?}");
        let (used, held, free): (i32, i32, bool) = sqlx::query_as(
            "select used, held, burial.spot_is_free(s, $2) from burial.spot s where id = $1",
        )
        .bind(yard.ids[at])
        .bind(to_chrono(yard.now))
        .fetch_one(&mut *conn)
        .await
        .unwrap();
        assert_eq!(used, i32::from(spot.used()), "after {op:?}");
        assert_eq!(
            held,
            i32::try_from(spot.holds.len()).unwrap(),
            "after {op:?}"
        );
        assert_eq!(free, spot.is_free(yard.now), "after {op:?}");
    }
    for (urn, number) in yard.urns.iter().zip(urns) {
        let known = ledger::find(conn, number).await.unwrap().unwrap();
        assert_eq!(
            (known.at, known.version),
            (urn.at.clone(), urn.version),
            "after {op:?}"
        );
    }
    let (kept, moves): (i64, i64) = sqlx::query_as(
        "select (select count(*) from burial.urn), (select count(*) from burial.urn_move)",
    )
    .fetch_one(conn)
    .await
    .unwrap();
    let made: i64 = yard.urns.iter().map(|urn| urn.version).sum();
    assert_eq!((kept, moves), (i64::try_from(urns.len()).unwrap(), made));
}

#[tokio::test]
async fn the_tables_walk_with_the_books() {
    let it = Cemetery::new().await;
    let kinds = [
        (SpotKind::Niche, 1),
        (SpotKind::Niche, 2),
        (SpotKind::AshSingle, 1),
        (SpotKind::AshJoint, 2),
        (SpotKind::AshJoint, 2),
        (SpotKind::BodyDouble, 2),
        (SpotKind::Tree, 3),
        (SpotKind::Sea, 4),
    ];
    let mut yard = Yard::new(&kinds);
    let pool = &it.world().db.pool;
    for (at, (kind, capacity)) in (1_i32..).zip(kinds) {
        sqlx::query(
            "insert into burial.spot (id, facility, area, line, place, kind, width_cm, depth_cm,
                                      capacity, state)
             values ($1, $2, '试验区', 1, $3, $4, 50, 50, $5, $6)",
        )
        .bind(yard.ids[usize::try_from(at).unwrap() - 1])
        .bind(demo::CEMETERY)
        .bind(at)
        .bind(kind.code())
        .bind(i32::from(capacity))
        .bind(SpotState::Available.code())
        .execute(pool)
        .await
        .unwrap();
    }
    let mut dice = Dice::new(17);
    let mut urns = Vec::new();
    let (mut done, mut refused, mut cremated) = (0, 0, 0);
    for _ in 0..STEPS {
        let op = dice.op(&yard, PEOPLE);
        let mut tx = pool.begin().await.unwrap();
        let found = apply(&it, &mut tx, &yard, &mut urns, op).await;
        let expected = yard.apply(op);
        match (found, expected) {
            (Ok(()), Ok(())) => {
                tx.commit().await.unwrap();
                done += 1;
                cremated += usize::from(matches!(op, Op::Cremate(_)));
            }
            (Err(ApplyError::Refused(refusal)), Err(code)) => {
                assert_eq!(refusal.code, code, "{op:?}");
                tx.rollback().await.unwrap();
                refused += 1;
            }
            // Time ends a period at its place and is no error where kin came first.
            (found, expected) => panic!("{op:?}: tables {found:?}, books {expected:?}"),
        }
        let mut conn = pool.acquire().await.unwrap();
        same(&mut conn, &yard, &urns, op).await;
        yard.check(cremated);
    }
    println!("{done} done, {refused} refused");
    assert!(done > 150 && refused > 50, "{done} done, {refused} refused");
}
