//! The item 寻亲比对 over pairs, stays and reports.

use jiff::Timestamp;
use serde_json::json;
use sqlx::PgConnection;
use yiwang_casework::{ApplyError, Case, KeyedPerson, Question, Registered, Runtime, system};
use yiwang_chassis::fault::Fault;

use super::{
    clues, matches,
    matches::Match,
    matching::{self, Candidate},
    refused, reports, view,
};
use crate::{
    domain::{
        KinMatch,
        kin_match::{
            World,
            facts::Line,
            world::{Effect, Pair},
        },
        stay::{
            action::Identify,
            matched::{Matched, Unmatched},
            words::Basis,
        },
    },
    leaving,
    stays::{refuse, stations, store},
};

#[tonic::async_trait]
impl Registered for KinMatch {
    async fn world(
        rt: &Runtime,
        conn: &mut PgConnection,
        question: Question<'_, Self>,
    ) -> sqlx::Result<World> {
        let (stay, report) = (question.form.stay.trim(), question.form.report.trim());
        let of = clues::find(rt, conn, stay).await?;
        let held = reports::find(rt, conn, report).await?;
        let (Some(of), Some(held)) = (of, held) else {
            return Ok(World::default());
        };
        let station = store::find(rt, conn, stay).await?.map(|stay| stay.station);
        let station = match &station {
            Some(code) => stations::find(conn, code).await?,
            None => None,
        };
        let compared = matching::pair(&of, &held);
        Ok(World {
            pair: Some(Pair {
                division: station.map(|station| station.division).unwrap_or_default(),
                stay_open: of.active,
                report_open: held.state == "open",
                score: compared.score,
                alone: compared.alone,
                lines: lines(&compared),
            }),
        })
    }

    async fn apply(
        rt: &Runtime,
        conn: &mut PgConnection,
        case: &Case<Self>,
        _: &[KeyedPerson],
        effects: Vec<Effect>,
        now: Timestamp,
    ) -> Result<(), ApplyError> {
        let applied = Applied { rt, case, now };
        for effect in effects {
            applied.apply(conn, effect).await?;
        }
        Ok(())
    }
}

fn lines(compared: &Candidate) -> Vec<Line> {
    let line = |reason: &crate::domain::kin::score::Reason| Line {
        title: reason.field.title().to_owned(),
        said: view::masked(reason.field, &reason.said),
        found: view::masked(reason.field, &reason.found),
        how: match reason.relation {
            "" => reason.agreement.title().to_owned(),
            relation => relation.to_owned(),
        },
        weight: reason.weight,
    };
    compared.reasons.iter().map(line).collect()
}

struct Applied<'a> {
    rt: &'a Runtime,
    case: &'a Case<KinMatch>,
    now: Timestamp,
}

impl Applied<'_> {
    fn stay(&self) -> &str {
        self.case.form.stay.trim()
    }

    fn report(&self) -> &str {
        self.case.form.report.trim()
    }

    async fn apply(&self, conn: &mut PgConnection, effect: Effect) -> Result<(), ApplyError> {
        let number = self.case.number.as_str();
        match effect {
            Effect::Open { score, by_system } => {
                let source = if by_system { "system" } else { "staff" };
                let pair = Match {
                    stay: self.stay().to_owned(),
                    report: self.report().to_owned(),
                    case_number: number.to_owned(),
                    score,
                    source: source.to_owned(),
                    state: self.case.state.row().to_owned(),
                };
                matches::open(conn, &pair, self.now).await
            }
            Effect::Follow(by) => {
                matches::set(conn, number, self.case.state.row(), by, self.now).await
            }
            Effect::Checking(on) => {
                let action = if on { "checking" } else { "checked" };
                self.tell_family(conn, action, serde_json::Value::Null)
                    .await
            }
            Effect::Confirm {
                identity,
                paper,
                signed,
            } => {
                let identify = Identify {
                    basis: Basis::Match,
                    paper,
                    name: identity.name,
                    number: identity.number,
                    document: identity.document,
                    country: identity.country,
                    household: identity.household,
                };
                let data = json!(Matched {
                    identify,
                    signed: signed.to_vec(),
                });
                self.stay_acts(conn, "match_confirmed", data).await?;
                self.found(conn).await
            }
            Effect::TakeBack { reasons, signed } => {
                let data = json!(Unmatched {
                    reasons: reasons.clone(),
                    signed: signed.to_vec(),
                });
                self.stay_acts(conn, "match_taken_back", data).await?;
                let data = json!({ "reasons": reasons });
                self.tell_family(conn, "match_taken_back", data).await?;
                reports::set_state(conn, self.report(), "open", self.now).await?;
                Ok(())
            }
        }
    }

    /// The stay, whose own law may refuse: then nothing is confirmed.
    async fn stay_acts(
        &self,
        conn: &mut PgConnection,
        action: &str,
        data: serde_json::Value,
    ) -> Result<(), ApplyError> {
        let cause = format!("寻亲比对（{}）", self.case.number);
        // Who was settled meanwhile: the settlement is taken back, and tells the stay.
        let settled = leaving::settlement_of(conn, self.stay()).await?;
        let (number, action) = match (&settled, action) {
            (Some(number), "match_confirmed") => (number.as_str(), "found"),
            (Some(number), _) => (number.as_str(), "not_found"),
            (None, action) => (self.stay(), action),
        };
        let acted = system::act(self.rt, conn, number, action, data, &cause).await;
        acted.map_err(refused)
    }

    /// Where the person is: the family hears it now and not before.
    async fn found(&self, conn: &mut PgConnection) -> Result<(), ApplyError> {
        let stay = store::find(self.rt, conn, self.stay()).await?;
        let station = match &stay {
            Some(stay) => stations::find(conn, &stay.station).await?,
            None => None,
        };
        let station = station
            .ok_or_else(|| refuse("STATION_UNKNOWN", "没有查到受助人员所在的救助管理站。"))?;
        let data = json!({
            "match_case": self.case.number, "station": station.name, "phone": station.phone,
        });
        self.tell_family(conn, "matched", data).await?;
        reports::set_state(conn, self.report(), "found", self.now).await?;
        Ok(())
    }

    /// The family's case, when there is one; whatever it has come to by itself stays.
    async fn tell_family(
        &self,
        conn: &mut PgConnection,
        action: &str,
        data: serde_json::Value,
    ) -> Result<(), ApplyError> {
        let case: Option<Option<String>> =
            sqlx::query_scalar("select case_number from rescue.report where number = $1")
                .bind(self.report())
                .fetch_optional(&mut *conn)
                .await?;
        let Some(number) = case.flatten() else {
            return Ok(());
        };
        // Not the number: it tells in which county somebody is.
        let cause = "寻亲比对";
        match system::act(self.rt, conn, &number, action, data, cause).await {
            Err(fault) if !is_past(&fault) => Err(refused(fault)),
            _ => Ok(()),
        }
    }
}

fn is_past(fault: &Fault) -> bool {
    fault.reason == "WRONG_STATE"
}
