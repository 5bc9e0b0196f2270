//! What `decide` answers: a decision that is then stored as a whole, or a refusal.

use jiff::{Timestamp, civil::Date};
use serde_json::Value;
use yiwang_chassis::fault::FieldViolation;
use yiwang_civic::{calendar::Due, params::ParamError, time};

use crate::{case::Material, item::Item};

/// Everything one action changes; stored in one transaction.
#[derive(Debug)]
pub struct Decision<I: Item> {
    /// The new state.
    pub state: I::State,
    /// The new facts.
    pub facts: I::Facts,
    /// A new form, after a correction.
    pub form: Option<I::Form>,
    /// New materials, after a correction.
    pub materials: Option<Vec<Material>>,
    /// The line in the history, without personal data.
    pub note: String,
    /// What the applicant is told, without personal data of others.
    pub message: String,
    /// Keeps the line from the applicant's history and inbox: complaints.
    pub confidential: bool,
    /// Legal clocks to start and stop, in this order.
    pub clocks: Vec<ClockOp>,
    /// Notices to post and take down.
    pub notices: Vec<NoticeOp>,
    /// Documents to issue.
    pub documents: Vec<IssueDocument>,
    /// Electronic certificates to issue and to end.
    pub certificates: Vec<CertificateOp>,
    /// The one-time correction list 一次性告知; `None` leaves it.
    pub missing: Option<Vec<Missing>>,
    /// Calls to other departments, made after the commit, repeated until answered.
    pub errands: Vec<Errand>,
    /// Facts for other services.
    pub events: Vec<DomainEvent>,
    /// Changes in the item's own tables.
    pub effects: Vec<I::Effect>,
    /// Versions of the parameters this decision used.
    pub rules: Vec<String>,
}

impl<I: Item> Decision<I> {
    /// A decision that moves to `state` with `facts`; `note` goes to the history.
    pub fn to(state: I::State, facts: I::Facts, note: impl Into<String>) -> Self {
        Self {
            state,
            facts,
            form: None,
            materials: None,
            note: note.into(),
            message: String::new(),
            confidential: false,
            clocks: Vec::new(),
            notices: Vec::new(),
            documents: Vec::new(),
            certificates: Vec::new(),
            missing: None,
            errands: Vec::new(),
            events: Vec::new(),
            effects: Vec::new(),
            rules: Vec::new(),
        }
    }

    /// Tells the applicant.
    #[must_use]
    pub fn tell(mut self, message: impl Into<String>) -> Self {
        self.message = message.into();
        self
    }

    /// Keeps this step from the applicant.
    #[must_use]
    pub fn confidential(mut self) -> Self {
        self.confidential = true;
        self
    }

    /// Starts a legal clock.
    #[must_use]
    pub fn start(mut self, clock: StartClock) -> Self {
        self.clocks.push(ClockOp::Start(clock));
        self
    }

    /// Stops a legal clock; one that does not run is no error.
    #[must_use]
    pub fn stop(mut self, name: &'static str) -> Self {
        self.clocks.push(ClockOp::Stop(name.to_owned()));
        self
    }

    /// Posts a notice.
    #[must_use]
    pub fn post(mut self, notice: PostNotice) -> Self {
        self.notices.push(NoticeOp::Post(notice));
        self
    }

    /// Issues a document.
    #[must_use]
    pub fn issue(mut self, document: IssueDocument) -> Self {
        self.documents.push(document);
        self
    }

    /// Issues an electronic certificate.
    #[must_use]
    pub fn certify(mut self, certificate: IssueCertificate) -> Self {
        self.certificates.push(CertificateOp::Issue(certificate));
        self
    }

    /// Ends the validity of a certificate; one that was never issued here is no error.
    #[must_use]
    pub fn end_certificate(
        mut self,
        number: impl Into<String>,
        state: CertificateState,
        reason: impl Into<String>,
    ) -> Self {
        self.certificates.push(CertificateOp::End {
            number: number.into(),
            state,
            reason: reason.into(),
        });
        self
    }

    /// Calls a department.
    #[must_use]
    pub fn errand(mut self, errand: Errand) -> Self {
        self.errands.push(errand);
        self
    }

    /// Changes the item's own tables.
    #[must_use]
    pub fn effect(mut self, effect: I::Effect) -> Self {
        self.effects.push(effect);
        self
    }
}

/// A change of the running clocks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClockOp {
    /// Starts, or restarts under the same name.
    Start(StartClock),
    /// Stops.
    Stop(String),
}

/// A legal clock to start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StartClock {
    /// Name within the case; a second start replaces the first.
    pub name: String,
    /// What must happen, in Chinese.
    pub label: String,
    /// Law and article.
    pub legal_basis: String,
    /// Last day, Beijing time.
    pub last_day: Date,
    /// Instant after which it is late, or at which it fires.
    pub due_at: Timestamp,
    /// The holiday notice of that year is not out.
    pub provisional: bool,
    /// What happens then.
    pub on_due: OnDue,
}

/// What a clock does when it falls due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnDue {
    /// Comes back into `decide` through [`Item::on_clock`].
    Fire,
    /// Turns red; the step still has to be done.
    Warn,
}

impl StartClock {
    /// A limit that turns red after its last day.
    pub fn warn(name: &str, label: &str, legal_basis: &str, due: Due) -> Self {
        Self::new(name, label, legal_basis, due, OnDue::Warn)
    }

    /// A limit that acts by itself after its last day.
    pub fn fire(name: &str, label: &str, legal_basis: &str, due: Due) -> Self {
        Self::new(name, label, legal_basis, due, OnDue::Fire)
    }

    fn new(name: &str, label: &str, legal_basis: &str, due: Due, on_due: OnDue) -> Self {
        Self {
            name: name.to_owned(),
            label: label.to_owned(),
            legal_basis: legal_basis.to_owned(),
            last_day: due.last_day,
            due_at: time::end_of_day(due.last_day),
            provisional: due.provisional,
            on_due,
        }
    }
}

/// A change of the notices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoticeOp {
    /// Goes up.
    Post(PostNotice),
    /// Comes down before its end.
    Withdraw(String),
    /// Settles the open objections of a notice with this result.
    Settle {
        /// Notice name.
        name: String,
        /// What the objection came to.
        result: String,
    },
}

/// A public notice 公示, already masked: what is here is what everybody reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostNotice {
    /// Name within the item.
    pub name: String,
    /// Kind in Chinese, e.g. 初审公示.
    pub kind: String,
    /// Heading.
    pub title: String,
    /// Label and value, masked.
    pub rows: Vec<(String, String)>,
    /// Full text, masked.
    pub text: String,
    /// Where the paper hangs, e.g. village board.
    pub place: String,
    /// Last day, Beijing time; the notice disappears after it.
    pub last_day: Date,
}

/// A document issued to the applicant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssueDocument {
    /// Stable kind, e.g. `refusal`.
    pub kind: &'static str,
    /// Chinese title.
    pub title: String,
    /// Text, paragraphs divided by newlines.
    pub text: String,
}

/// A change of the electronic certificates 电子证照.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CertificateOp {
    /// Issued, signed, one copy for each holder.
    Issue(IssueCertificate),
    /// No longer valid from now on.
    End {
        /// Number of the certificate.
        number: String,
        /// What became of it.
        state: CertificateState,
        /// Why, in Chinese, without personal data.
        reason: String,
    },
}

/// An electronic certificate to issue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssueCertificate {
    /// Stable kind, e.g. `marriage`.
    pub kind: &'static str,
    /// Its name on the paper, e.g. 结婚证.
    pub title: &'static str,
    /// Its number, unique for ever within the service.
    pub number: String,
    /// The office that issues it, in Chinese.
    pub issuer: String,
    /// Whose it is: indices of [`Item::people`]; each gets a copy.
    pub holders: Vec<usize>,
    /// What stands on the paper: label and value, unmasked.
    pub rows: Vec<(String, String)>,
    /// Beijing date.
    pub issued_on: Date,
}

/// Validity of a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CertificateState {
    /// 有效
    Valid,
    /// The fact it proves has ended, e.g. by divorce 失效
    Ended,
    /// Another one was issued for it 补发作废
    Replaced,
    /// What it proves never held 无效、被撤销
    Revoked,
}

impl CertificateState {
    /// Stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::Ended => "ended",
            Self::Replaced => "replaced",
            Self::Revoked => "revoked",
        }
    }

    /// In Chinese.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Valid => "有效",
            Self::Ended => "已失效",
            Self::Replaced => "已补发，本证作废",
            Self::Revoked => "已撤销",
        }
    }

    /// The state with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let all = [Self::Valid, Self::Ended, Self::Replaced, Self::Revoked];
        all.into_iter().find(|state| state.code() == code)
    }
}

/// One missing or wrong material.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Missing {
    /// Material code or form field.
    pub code: String,
    /// Chinese name.
    pub title: String,
    /// What is wrong and what to bring.
    pub reason: String,
}

/// A call to another department, repeated until answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Errand {
    /// Which department and verb, e.g. `check.request`.
    pub kind: &'static str,
    /// Idempotency key towards the department; unique for ever.
    pub key: String,
    /// What is sent.
    pub payload: Value,
}

/// A fact for other services, besides the case's own event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DomainEvent {
    /// Aggregate, e.g. `status`.
    pub aggregate: &'static str,
    /// Aggregate id, e.g. the person key.
    pub aggregate_id: String,
    /// Event, e.g. `started`; subject `yiwang.<service>.<aggregate>.<event>`.
    pub event: &'static str,
    /// Encoded protobuf message.
    pub payload: Vec<u8>,
}

/// A no with a stable code and a sentence that tells the person what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Stable code, e.g. `NOTICE_RUNNING`.
    pub code: &'static str,
    /// Chinese sentence.
    pub message: String,
    /// Errors of single fields, JSON pointers into form or data.
    pub fields: Vec<FieldViolation>,
}

impl Refusal {
    /// A refusal without field errors.
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            fields: Vec::new(),
        }
    }

    /// A refusal of single fields.
    #[must_use]
    pub fn fields(fields: Vec<FieldViolation>) -> Self {
        let message = "请按提示修改标红的内容，已填写的内容都还在。".to_owned();
        Self {
            code: "INVALID_INPUT",
            message,
            fields,
        }
    }
}

/// Code of a refusal for want of a parameter.
pub const RULE_MISSING: &str = "RULE_MISSING";

impl From<ParamError> for Refusal {
    fn from(error: ParamError) -> Self {
        Self::new(
            RULE_MISSING,
            format!("本地标准尚未配置，请联系系统管理员（{error}）。"),
        )
    }
}
