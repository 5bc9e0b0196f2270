//! What assistance does when somebody else's event arrives (一件事 D7). The events of one person
//! come in their order; each reaction stands on every case that names the person, with its cause.
//!
//! | where | whose event | what |
//! |---|---|---|
//! | [`Deaths`] | burial | the share stops, or comes back, or waits; the family is reviewed |
//! | [`Marriages`] | marriage | the family is reviewed |
//! | [`Beforehand`] | | says before what the others will do |
//! | [`Returns`] | rescue | what waits is paid; a family that counts somebody as missing is reviewed |

mod deaths;
mod marriages;
mod returns;
mod ripples;

pub use self::{deaths::Deaths, marriages::Marriages, returns::Returns, ripples::Beforehand};

use jiff::civil::Date;
use serde_json::Value;
use sqlx::PgConnection;
use yiwang_casework::{Item as _, Runtime, system};
use yiwang_chassis::inbox::HandlerError;

use crate::domain::MinimumLiving;

/// Takes an act on every case that names the person, the ended ones too. A case in which nothing
/// follows is not concerned.
async fn act_on_all(
    rt: &Runtime,
    conn: &mut PgConnection,
    person: &str,
    (action, data): (&str, Value),
    cause: &str,
) -> Result<(), HandlerError> {
    for number in system::cases_naming(conn, MinimumLiving::CODE, person).await? {
        match system::act(rt, conn, &number, action, data.clone(), cause).await {
            Ok(()) => {}
            Err(fault) if matches!(&*fault.reason, "WRONG_STATE" | "NO_DEATH") => {}
            Err(fault) => return Err(HandlerError::Retry(fault.into())),
        }
    }
    Ok(())
}

/// A day of an event.
fn day(text: &str) -> Result<Date, HandlerError> {
    text.parse()
        .map_err(|error: jiff::Error| HandlerError::Reject(error.into()))
}

/// A day in Chinese.
fn words(day: Date) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}
