//! Lives as rows: numbers, keys, places. One struct for each table, one vector for each.

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;
use yiwang_casework::Runtime;
use yiwang_chassis::fault::Fault;
use yiwang_civic::{number::case_number, time};

use super::{
    lives::{Ashes, Cremation, Fate, Life},
    stock::{Spot, Stock},
};
use crate::{ashes::ledger::Label, chain::bodies::Sealed, domain::document::DeadDocument};

/// A cremated body with its urn.
pub(super) struct Body {
    pub(super) life: usize,
    pub(super) case: String,
    pub(super) tag: String,
    pub(super) home: &'static str,
    pub(super) person: String,
    pub(super) sealed: Vec<u8>,
    pub(super) furnace: Uuid,
    pub(super) started_at: Timestamp,
    pub(super) ended_at: Timestamp,
    pub(super) certificate: String,
    pub(super) urn: String,
    pub(super) label: Vec<u8>,
    /// Where the urn went after the hall.
    pub(super) then: Option<Move>,
}

/// The second move of an urn.
pub(super) struct Move {
    pub(super) to: &'static str,
    pub(super) form: &'static str,
    pub(super) facility: Option<&'static str>,
    pub(super) spot: Option<Uuid>,
    pub(super) at: Timestamp,
    pub(super) case: String,
}

/// Who lies in a place.
pub(super) struct Use {
    pub(super) spot: Uuid,
    pub(super) slot: i32,
    pub(super) case: String,
    pub(super) person: String,
    pub(super) at: Timestamp,
    /// Twenty years, or for good.
    pub(super) ends: bool,
}

/// A waiver or subsidy.
pub(super) struct Benefit {
    pub(super) person: String,
    pub(super) kind: &'static str,
    pub(super) case: String,
    pub(super) division: String,
    pub(super) fen: i64,
    pub(super) granted_at: Timestamp,
    pub(super) paid_at: Option<Timestamp>,
}

/// All rows beyond the register of deaths.
#[derive(Default)]
pub(super) struct Rows {
    pub(super) bodies: Vec<Body>,
    pub(super) uses: Vec<Use>,
    pub(super) benefits: Vec<Benefit>,
    /// Of cases of the past: days that have gone give no numbers any more.
    serial: u64,
}

/// Key of the person.
pub(super) fn person(rt: &Runtime, life: &Life) -> Option<String> {
    let document = DeadDocument::CitizenId.read("", &life.id).ok().flatten()?;
    Some(rt.keyer.document_key(&document).as_str().to_owned())
}

impl Rows {
    /// The rows of these lives, taking from the stock.
    pub(super) fn of(
        rt: &Runtime,
        lives: &[Life],
        stock: &mut Stock,
        now: Timestamp,
    ) -> Result<Self, Fault> {
        let mut rows = Self::default();
        for (nth, life) in lives.iter().enumerate() {
            let Some(person) = person(rt, life) else {
                continue;
            };
            match &life.fate {
                Fate::Elsewhere => {}
                Fate::Buried(on) => {
                    let at = time::start_of_day(*on) + SignedDuration::from_hours(10);
                    rows.bury(life, person, at, stock);
                }
                Fate::Cremated(one) => rows.cremate(rt, (nth, life, one), person, stock, now)?,
            }
        }
        Ok(rows)
    }

    fn number(&mut self, prefix: &str, county: &str, at: Timestamp) -> String {
        self.serial += 1;
        case_number(prefix, county, time::beijing_date(at), self.serial)
    }

    /// Only in its own township's cemetery.
    fn bury(&mut self, life: &Life, person: String, at: Timestamp, stock: &mut Stock) {
        let Some(facility) = life.county.for_bodies else {
            return;
        };
        if facility.get(..9) != Some(life.place) {
            return;
        }
        let suits = |spot: &Spot| spot.facility == facility && spot.kind.for_body();
        if let Some((spot, slot, _)) = stock.place(suits) {
            let case = self.number("MW", life.county.code, at);
            self.uses.push(Use {
                spot,
                slot,
                case,
                person,
                at,
                ends: true,
            });
        }
    }

    fn cremate(
        &mut self,
        rt: &Runtime,
        (nth, life, one): (usize, &Life, &Cremation),
        person: String,
        stock: &mut Stock,
        now: Timestamp,
    ) -> Result<(), Fault> {
        let furnaces = stock.furnaces.get(one.home);
        let Some(furnace) = furnaces.and_then(|all| all.get(one.furnace)).copied() else {
            return Ok(());
        };
        let day = time::beijing_date(one.started_at);
        let county = one.home.get(..6).unwrap_or_default();
        let case = self.number("ZS", county, one.started_at);
        let urn = self.number("GH", county, one.started_at);
        let tag = stock.next(one.home, day.year());
        let tag = format!("{}-{:02}-{tag:05}", one.home, day.year() % 100);
        let certificate = stock.next(county, day.year());
        let certificate = format!("HZ{county}-{}-{certificate:06}", day.year());
        let seen = Sealed {
            name: life.name.clone(),
            condition: "衣着整齐，无外伤".to_owned(),
            belongings: String::new(),
        };
        let label = Label {
            name: life.name.clone(),
        };
        if let Some((granted_at, paid_at)) = one.waiver {
            let at_once = granted_at == paid_at;
            let case = match at_once {
                true => case.clone(),
                false => self.number("BX", life.county.code, granted_at),
            };
            let ended = one.started_at + SignedDuration::from_mins(70);
            self.benefits.push(Benefit {
                person: person.clone(),
                kind: "waiver",
                case,
                division: life.place.to_owned(),
                fen: life.county.waived_fen - i64::from(life.nth % 4) * 12_000,
                granted_at: if at_once { ended } else { granted_at },
                paid_at: Some(if at_once { ended } else { paid_at }).filter(|at| *at < now),
            });
        }
        let then = self.moved(life, &one.ashes, (&case, &person), stock, now);
        self.bodies.push(Body {
            life: nth,
            sealed: rt.seal("body", &tag, &seen)?,
            label: rt.seal("urn", &urn, &label)?,
            case,
            tag,
            home: one.home,
            person,
            furnace,
            started_at: one.started_at,
            ended_at: one.started_at + SignedDuration::from_mins(50),
            certificate,
            urn,
            then,
        });
        Ok(())
    }

    fn moved(
        &mut self,
        life: &Life,
        ashes: &Ashes,
        (case, person): (&str, &str),
        stock: &mut Stock,
        now: Timestamp,
    ) -> Option<Move> {
        let with_family = |at: Timestamp| Move {
            to: "with_family",
            form: "family",
            facility: None,
            spot: None,
            at: at + SignedDuration::from_hours(6),
            case: case.to_owned(),
        };
        let county = life.county;
        match *ashes {
            Ashes::Hall => None,
            Ashes::Family(at) => Some(with_family(at)),
            Ashes::Scattered(at) => {
                let case = self.number("ST", county.code, at);
                self.subsidise(life, (&case, person), 300_000, at, now);
                Some(Move {
                    to: "scattered",
                    form: "scatter",
                    facility: None,
                    spot: None,
                    at,
                    case,
                })
            }
            Ashes::Laid(at, ecological) => {
                let found = county.cemeteries.iter().find_map(|code| {
                    let suits = |spot: &Spot| {
                        spot.facility == *code
                            && !spot.kind.for_body()
                            && spot.kind.ecological() == ecological
                    };
                    stock.place(suits).map(|place| (*code, place))
                });
                let Some((facility, (spot, slot, kind))) = found else {
                    return Some(with_family(at));
                };
                let case = self.number("MW", county.code, at);
                if ecological {
                    let own = self.number("ST", county.code, at);
                    self.subsidise(life, (&own, person), 100_000, at, now);
                }
                self.uses.push(Use {
                    spot,
                    slot,
                    case: case.clone(),
                    person: person.to_owned(),
                    at,
                    ends: kind.has_period(),
                });
                Some(Move {
                    to: "in_plot",
                    form: kind.code(),
                    facility: Some(facility),
                    spot: Some(spot),
                    at,
                    case,
                })
            }
        }
    }

    /// 生态安葬奖补: granted ten days later, paid by the bank five days after that.
    fn subsidise(
        &mut self,
        life: &Life,
        (case, person): (&str, &str),
        fen: i64,
        at: Timestamp,
        now: Timestamp,
    ) {
        let after = |days: i64| at + SignedDuration::from_hours(24 * days);
        if after(10) >= now {
            return;
        }
        self.benefits.push(Benefit {
            person: person.to_owned(),
            kind: "eco_subsidy",
            case: case.to_owned(),
            division: life.place.to_owned(),
            fen,
            granted_at: after(10),
            paid_at: Some(after(15)).filter(|at| *at < now),
        });
    }
}
