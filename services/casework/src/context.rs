//! What `decide` may know besides the case: who, when, calendar, parameters.

use jiff::{Timestamp, civil::Date};
use uuid::Uuid;
use yiwang_chassis::identity::Role;
use yiwang_civic::{
    calendar::{Due, WorkCalendar},
    params::{Param, ParamError, RuleBook},
    time,
};

/// The surroundings of one decision.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The instant of the decision.
    pub now: Timestamp,
    /// Who acts.
    pub actor: &'a Actor,
    /// Working days.
    pub calendar: &'a WorkCalendar,
    /// Dated parameters.
    pub rules: &'a RuleBook,
    /// Division of the case, 9 digits, or 12 for a village.
    pub division: &'a str,
    /// 6-digit county the case belongs to.
    pub county: &'a str,
}

/// Who acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// The applicant, or the agent who filed for them.
    Citizen {
        /// Login account.
        account: Uuid,
        /// Person key, hex; absent for agents without a real-name account.
        person: Option<String>,
    },
    /// An officer; `roles` are those that cover the case's division.
    Officer {
        /// Login account.
        account: Uuid,
        /// Name as it stands in the record.
        name: String,
        /// Roles held over the division.
        roles: Vec<Role>,
    },
    /// A department that answers an errand, named in Chinese.
    Department(String),
    /// A clock or an event; the cause in Chinese, empty for clocks.
    System(String),
}

impl Actor {
    /// Account of an officer.
    #[must_use]
    pub fn officer(&self) -> Option<(Uuid, &str)> {
        match self {
            Self::Officer { account, name, .. } => Some((*account, name)),
            _ => None,
        }
    }
}

impl Context<'_> {
    /// Today in Beijing.
    #[must_use]
    pub fn today(&self) -> Date {
        time::beijing_date(self.now)
    }

    /// The parameter in force here today.
    ///
    /// # Errors
    /// No value covers this division and day.
    pub fn rule(&self, id: &str) -> Result<&Param, ParamError> {
        self.rule_on(id, self.today())
    }

    /// The parameter in force here on `day`.
    ///
    /// # Errors
    /// No value covers this division and day.
    pub fn rule_on(&self, id: &str, day: Date) -> Result<&Param, ParamError> {
        self.rules.lookup(id, self.division, day)
    }

    /// Last day of `n` working days from today, n from the parameter `id`.
    ///
    /// # Errors
    /// The parameter is missing or not a count.
    pub fn working_days(&self, id: &str) -> Result<Due, ParamError> {
        let days = self.rule(id)?.count()?;
        Ok(self.calendar.add_working_days(self.today(), days))
    }

    /// Last day of `n` calendar days from today (民法典 201, 203).
    ///
    /// # Errors
    /// The parameter is missing or not a count.
    pub fn calendar_days(&self, id: &str) -> Result<Due, ParamError> {
        let days = self.rule(id)?.count()?;
        Ok(self.calendar.add_calendar_days(self.today(), days))
    }
}
