//! The register alone, with one connection per client.

use std::sync::Arc;

use jiff::civil::date;
use serde_json::Value;
use sqlx::{Connection as _, PgConnection, PgPool, postgres::PgPoolOptions};
use yiwang_casework::{
    Actor, Answer, ApplyError, CallError, Departments, KeyedPerson, Person, Runtime,
    host::rule_book,
    runtime::{Parts, SigningKey},
};
use yiwang_chassis::{
    clock::ManualClock,
    testing::{TestDb, database},
};
use yiwang_civic::{
    person_key::PersonKeyer,
    seal::{SealKey, Sealer},
};
use yiwang_marriage::{
    RULES,
    domain::{number::Prefix, record::RecordState, world::Effect},
    halls::demo,
    register::{
        self, Ask, Needs, Subject,
        death::{self, Death},
    },
    schemas,
};

/// Halls of six counties in three provinces.
pub(crate) const HALLS: [&str; 6] = [
    "421202001-01",
    "421221103-01",
    "421224100-01",
    "420323100-01",
    "640302106-01",
    "610902001-01",
];

/// How an act ended.
pub(crate) enum Ended {
    Done,
    /// Given up by the caller at the last moment.
    Rolled,
    /// There was no marriage to end.
    Nothing,
    Refused(&'static str),
    Broken(String),
}

impl From<sqlx::Error> for Ended {
    fn from(error: sqlx::Error) -> Self {
        Self::Broken(error.to_string())
    }
}

struct Nobody;

#[tonic::async_trait]
impl Departments for Nobody {
    async fn call(&self, _: &str, _: &str, _: &Value) -> Result<Answer, CallError> {
        Err(CallError::Transient("away".into()))
    }

    fn name_of(&self, _: &str) -> &'static str {
        "公安人口信息库"
    }

    fn callback(&self, _: &str, _: &[u8], _: &str) -> Result<String, CallError> {
        Err(CallError::Refused("none".into()))
    }
}

pub(crate) struct World {
    db: TestDb,
    pool: PgPool,
    rt: Runtime,
    people: Vec<KeyedPerson>,
}

impl World {
    pub(crate) async fn new(clients: usize, persons: usize) -> Self {
        let db = database(&schemas()).await;
        demo::seed(&db.pool).await.unwrap();
        let pool = PgPoolOptions::new()
            .max_connections(u32::try_from(clients).unwrap())
            .connect(&db.url)
            .await
            .unwrap();
        let key = SealKey::Aes256Gcm([9; 32]);
        let rt = Runtime::new(Parts {
            service: "marriage",
            pool: pool.clone(),
            clock: Arc::new(ManualClock::new("2026-05-20T01:00:00Z".parse().unwrap())),
            rules: Arc::new(rule_book(RULES, "".as_ref()).unwrap()),
            sealer: Arc::new(Sealer::new("k1", [("k1".to_owned(), key)]).unwrap()),
            keyer: Arc::new(PersonKeyer::new(&[7; 32]).unwrap()),
            departments: Arc::new(Nobody),
            certificate_key: SigningKey::from_bytes(&[5; 32]),
        });
        let people = (0..persons).map(|serial| {
            let id: yiwang_civic::citizen_id::CitizenId = id_number(serial).parse().unwrap();
            KeyedPerson {
                key: rt.keyer.key(&id).as_str().to_owned(),
                person: Person {
                    id: id.into(),
                    name: "张三".to_owned(),
                    relation: "self".to_owned(),
                },
            }
        });
        Self {
            people: people.collect(),
            db,
            pool,
            rt,
        }
    }

    /// Registers a marriage as the item does; `give_up` rolls back instead of the commit.
    pub(crate) async fn marry(&self, hall: &str, a: usize, b: usize, give_up: bool) -> Ended {
        let people = [self.people[a].clone(), self.people[b].clone()];
        self.decide(hall, &people, Prefix::J, give_up, |_, number| {
            vec![Effect::Marry {
                kind: "marriage",
                number,
                effective_from: date(2026, 5, 20),
            }]
        })
        .await
    }

    /// Divorces this person from whomever they are married to.
    pub(crate) async fn divorce(&self, hall: &str, a: usize) -> Ended {
        let spouse: Result<Option<String>, _> = sqlx::query_scalar(
            "select other.person_key from marriage.spouse mine
               join marriage.spouse other on other.record = mine.record and other.side <> mine.side
              where mine.person_key = $1 and mine.valid",
        )
        .bind(&self.people[a].key)
        .fetch_optional(&self.pool)
        .await;
        let spouse = match spouse {
            Ok(Some(spouse)) => spouse,
            Ok(None) => return Ended::Nothing,
            Err(error) => return error.into(),
        };
        let other = self.people.iter().find(|person| person.key == spouse);
        let people = [self.people[a].clone(), other.unwrap().clone()];
        self.decide(hall, &people, Prefix::L, false, |world, number| {
            let record = world.people[0].valid();
            let Some(record) = record.filter(|it| it.spouse_of(&spouse).is_some()) else {
                return vec![];
            };
            vec![
                Effect::End {
                    record: record.id,
                    state: RecordState::Divorced,
                    on: date(2026, 5, 20),
                    by: number.clone(),
                },
                Effect::Certify {
                    record: record.id,
                    kind: "divorce",
                    number,
                    replaces: None,
                },
            ]
        })
        .await
    }

    /// A death that the burial service tells.
    pub(crate) async fn die(&self, a: usize) -> Ended {
        let death = Death {
            person: &self.people[a].key,
            on: date(2026, 5, 19),
            declared: false,
            paper: "SW1",
        };
        // The inbox tries again when the person married at this very instant.
        for _ in 0..20 {
            let told: sqlx::Result<bool> = async {
                let mut tx = self.pool.begin().await?;
                let done = death::record(&mut tx, death, self.rt.now()).await?;
                match done {
                    true => tx.commit().await?,
                    false => tx.rollback().await?,
                }
                Ok(done)
            }
            .await;
            match told {
                Ok(true) => return Ended::Done,
                Ok(false) => {}
                Err(error) => return error.into(),
            }
        }
        Ended::Broken("the death never came through".to_owned())
    }

    async fn decide(
        &self,
        hall: &str,
        people: &[KeyedPerson],
        prefix: Prefix,
        give_up: bool,
        decide: impl FnOnce(&yiwang_marriage::domain::world::World, String) -> Vec<Effect>,
    ) -> Ended {
        let now = self.rt.now();
        let actor = Actor::System(String::new());
        let mut tx = match self.pool.begin().await {
            Ok(tx) => tx,
            Err(error) => return error.into(),
        };
        let ask = Ask {
            hall,
            people,
            actor: &actor,
            now,
            needs: Needs::Number(prefix),
        };
        let known = match register::world(&self.rt, &mut tx, ask).await {
            Ok(known) => known,
            Err(error) => return error.into(),
        };
        let number = known.next_number.clone().unwrap();
        let effects = decide(&known, number);
        if effects.is_empty() {
            return Ended::Nothing;
        }
        let subject = Subject {
            case_number: "JH4212022605200000017",
            hall,
            division: &hall[..9],
            people,
            residences: ["420323100", "640302106"],
        };
        match register::apply(&self.rt, &mut tx, subject, effects, now).await {
            Ok(()) if give_up => Ended::Rolled,
            Ok(()) => match tx.commit().await {
                Ok(()) => Ended::Done,
                Err(error) => error.into(),
            },
            Err(ApplyError::Refused(refusal)) => Ended::Refused(refusal.code),
            Err(ApplyError::Database(error)) => error.into(),
        }
    }

    /// What must be true after every round.
    pub(crate) async fn holds(&self, round: usize) {
        let wrong: i64 = self
            .count(
                "select count(*) from (
                     select person_key from marriage.spouse
                       join marriage.record on record.id = spouse.record
                      where record.state = 'valid'
                      group by person_key having count(*) > 1) twice",
            )
            .await;
        assert_eq!(wrong, 0, "two valid marriages after round {round}");
        let dead: i64 = self
            .count(
                "select count(*) from marriage.spouse join marriage.person using (person_key)
                  where spouse.valid and died_on is not null",
            )
            .await;
        assert_eq!(dead, 0, "a dead person is married after round {round}");
        let half: i64 = self
            .count(
                "select count(*) from marriage.record
                  where (select count(*) from marriage.spouse where record = id) <> 2
                     or (state = 'valid') <> all
                        (select valid from marriage.spouse where record = id)
                     or not exists (select 1 from marriage.certificate
                                     where record = id and certificate.number = record.number)",
            )
            .await;
        assert_eq!(half, 0, "half a marriage after round {round}");
    }

    /// The serials of each county are 1, 2, 3, … without a gap.
    pub(crate) async fn numbers_without_gap(&self) {
        let counters: Vec<(String, String, i32, i64, Option<String>)> = sqlx::query_as(
            "select prefix, county, last, count(number), max(number)
               from marriage.certificate_serial counter
               left join marriage.certificate
                 on number like counter.prefix || counter.county || '-' || year || '-%'
              group by prefix, county, year, last",
        )
        .fetch_all(&self.db.pool)
        .await
        .unwrap();
        assert!(counters.len() >= HALLS.len());
        for (prefix, county, last, issued, highest) in counters {
            assert_eq!(i64::from(last), issued, "{prefix}{county}");
            let highest = highest.unwrap();
            assert!(highest.ends_with(&format!("{last:06}")), "{highest}");
        }
    }

    /// Both persons of every change have their event, numbered without a gap.
    pub(crate) async fn everybody_was_told(&self) {
        let gaps: i64 = self
            .count(
                "select count(*) from (
                     select aggregate_id from chassis.outbox where aggregate = 'person'
                      group by aggregate_id having max(version) <> count(*)) gap",
            )
            .await;
        assert_eq!(gaps, 0);
        let told = self
            .count("select count(*) from chassis.outbox where aggregate = 'person'")
            .await;
        let changes = self
            .count(
                "select (select count(*) from marriage.record)
                      + (select count(*) from marriage.record_version)",
            )
            .await;
        assert_eq!(told, 2 * changes);
    }

    async fn count(&self, sql: &'static str) -> i64 {
        let mut conn = PgConnection::connect(&self.db.url).await.unwrap();
        sqlx::query_scalar(sql).fetch_one(&mut conn).await.unwrap()
    }
}

/// A right ID number for each serial.
fn id_number(serial: usize) -> String {
    let (day, order) = (serial / 900 + 1, serial % 900);
    let body = format!("420323199001{day:02}{order:03}");
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let digits = body.bytes().map(|byte| usize::from(byte - b'0'));
    let sum: usize = digits
        .zip(weights)
        .map(|(digit, weight)| digit * weight)
        .sum();
    format!("{body}{}", char::from(b"10X98765432"[sum % 11]))
}
