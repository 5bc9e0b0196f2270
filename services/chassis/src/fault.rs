//! One closed set of failures that every protocol can say.
//!
//! A [`Fault`] has a [`Code`] (what kind), a stable reason (which one), a
//! sentence in Chinese that tells the reader what to do, and per-field details.
//! It travels as `google.rpc.ErrorInfo` + `BadRequest` in a gRPC status and
//! becomes RFC 9457 problem+json in the gateway. Its source is only logged.

use std::{borrow::Cow, error::Error as StdError, fmt};

mod database;
mod wire;

pub(crate) use database::describe;
pub use wire::DOMAIN;

/// A boxed cause.
pub type BoxError = Box<dyn StdError + Send + Sync>;

/// What kind of failure this is; decides the gRPC code and the HTTP status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Code {
    /// Fields are missing or wrong; see [`Fault::fields`].
    InvalidInput,
    /// Nobody, or nobody we know, is calling.
    Unauthenticated,
    /// The caller is known and may not do this.
    Forbidden,
    /// It is not there, or the caller may not know that it is.
    NotFound,
    /// Somebody else changed it meanwhile; read again and retry.
    Conflict,
    /// It would be there twice.
    AlreadyExists,
    /// Its present state does not allow this.
    PreconditionFailed,
    /// The message or file is larger than allowed.
    TooLarge,
    /// Too many calls in too short a time.
    RateLimited,
    /// A part we need is away for the moment.
    Unavailable,
    /// It took longer than allowed; it may or may not have happened.
    DeadlineExceeded,
    /// The idempotency key was used before with another request.
    IdempotencyMismatch,
    /// Our mistake.
    Internal,
}

/// What is wrong with one field of the input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldViolation {
    /// JSON pointer into the input, e.g. `/members/0/id_number`.
    pub field: String,
    /// Stable code of the rule that was broken, e.g. `CHECK_DIGIT`.
    pub reason: Cow<'static, str>,
    /// A sentence in Chinese for the person who filled it in.
    pub message: String,
}

/// A failure as the caller sees it, with its cause for the log.
pub struct Fault {
    /// What kind of failure.
    pub code: Code,
    /// Stable code of this failure, e.g. `CASE_NOT_FOUND`.
    pub reason: Cow<'static, str>,
    /// A sentence in Chinese: what happened and what to do.
    pub message: String,
    /// Details per field; empty unless the input is at fault.
    pub fields: Vec<FieldViolation>,
    /// The cause, for the log only.
    pub source: Option<BoxError>,
}

impl Code {
    /// All codes.
    pub const ALL: [Self; 13] = [
        Self::InvalidInput,
        Self::Unauthenticated,
        Self::Forbidden,
        Self::NotFound,
        Self::Conflict,
        Self::AlreadyExists,
        Self::PreconditionFailed,
        Self::TooLarge,
        Self::RateLimited,
        Self::Unavailable,
        Self::DeadlineExceeded,
        Self::IdempotencyMismatch,
        Self::Internal,
    ];

    /// The stable name of this code.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::InvalidInput => "INVALID_INPUT",
            Self::Unauthenticated => "UNAUTHENTICATED",
            Self::Forbidden => "FORBIDDEN",
            Self::NotFound => "NOT_FOUND",
            Self::Conflict => "CONFLICT",
            Self::AlreadyExists => "ALREADY_EXISTS",
            Self::PreconditionFailed => "PRECONDITION_FAILED",
            Self::TooLarge => "TOO_LARGE",
            Self::RateLimited => "RATE_LIMITED",
            Self::Unavailable => "UNAVAILABLE",
            Self::DeadlineExceeded => "DEADLINE_EXCEEDED",
            Self::IdempotencyMismatch => "IDEMPOTENCY_MISMATCH",
            Self::Internal => "INTERNAL",
        }
    }

    /// What to tell a person when nothing more precise is known.
    pub fn default_message(self) -> &'static str {
        match self {
            Self::InvalidInput => "填写的内容有误，请按提示修改后再提交。",
            Self::Unauthenticated => "请先登录。",
            Self::Forbidden => "您没有办理这项操作的权限。",
            Self::NotFound => "没有找到您要的内容。",
            Self::Conflict => "内容刚刚被其他人修改过，请刷新后再试。",
            Self::AlreadyExists => "已经有相同的记录，不能重复办理。",
            Self::PreconditionFailed => "当前状态下不能进行这项操作。",
            Self::TooLarge => "提交的内容过大，请减小后再试。",
            Self::RateLimited => "操作过于频繁，请稍后再试。",
            Self::Unavailable => "服务暂时不可用，请稍后再试。",
            Self::DeadlineExceeded => "处理超时，请稍后查询结果或重试。",
            Self::IdempotencyMismatch => "同一个请求编号被用于不同的内容，请刷新页面后重新提交。",
            Self::Internal => "系统出现错误，请稍后再试；如仍不行，请联系工作人员。",
        }
    }
}

impl FieldViolation {
    /// A broken rule at `field` (a JSON pointer).
    pub fn new(
        field: impl Into<String>,
        reason: impl Into<Cow<'static, str>>,
        message: impl Into<String>,
    ) -> Self {
        Self {
            field: field.into(),
            reason: reason.into(),
            message: message.into(),
        }
    }
}

impl Fault {
    /// A failure of kind `code` with a stable `reason` and a Chinese `message`.
    pub fn new(
        code: Code,
        reason: impl Into<Cow<'static, str>>,
        message: impl Into<String>,
    ) -> Self {
        Self {
            code,
            reason: reason.into(),
            message: message.into(),
            fields: vec![],
            source: None,
        }
    }

    /// A failure about which nothing more precise is known than its kind.
    pub fn of(code: Code) -> Self {
        Self::new(code, code.as_str(), code.default_message())
    }

    /// The input is wrong in these fields.
    pub fn invalid(fields: Vec<FieldViolation>) -> Self {
        Self {
            fields,
            ..Self::of(Code::InvalidInput)
        }
    }

    /// One field of the input is wrong.
    pub fn invalid_field(
        field: impl Into<String>,
        reason: impl Into<Cow<'static, str>>,
        message: impl Into<String>,
    ) -> Self {
        Self::invalid(vec![FieldViolation::new(field, reason, message)])
    }

    /// Not there, or not to be known by this caller: the same answer for both.
    pub fn not_found() -> Self {
        Self::of(Code::NotFound)
    }

    /// The caller has to log in.
    pub fn unauthenticated() -> Self {
        Self::of(Code::Unauthenticated)
    }

    /// The caller may not do this.
    pub fn forbidden() -> Self {
        Self::of(Code::Forbidden)
    }

    /// Somebody else changed it meanwhile.
    pub fn conflict() -> Self {
        Self::of(Code::Conflict)
    }

    /// The present state does not allow this.
    pub fn precondition(reason: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        Self::new(Code::PreconditionFailed, reason, message)
    }

    /// Our mistake, with its cause.
    pub fn internal(source: impl Into<BoxError>) -> Self {
        Self::of(Code::Internal).caused_by(source)
    }

    /// A part we need is away, with the cause.
    pub fn unavailable(source: impl Into<BoxError>) -> Self {
        Self::of(Code::Unavailable).caused_by(source)
    }

    /// Adds the cause, for the log only.
    #[must_use]
    pub fn caused_by(mut self, source: impl Into<BoxError>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// The HTTP status that says the same.
    pub fn http_status(&self) -> http::StatusCode {
        use http::StatusCode as Http;
        match self.code {
            Code::InvalidInput | Code::IdempotencyMismatch => Http::UNPROCESSABLE_ENTITY,
            Code::Unauthenticated => Http::UNAUTHORIZED,
            Code::Forbidden => Http::FORBIDDEN,
            Code::NotFound => Http::NOT_FOUND,
            Code::Conflict | Code::AlreadyExists | Code::PreconditionFailed => Http::CONFLICT,
            Code::TooLarge => Http::PAYLOAD_TOO_LARGE,
            Code::RateLimited => Http::TOO_MANY_REQUESTS,
            Code::Unavailable => Http::SERVICE_UNAVAILABLE,
            Code::DeadlineExceeded => Http::GATEWAY_TIMEOUT,
            Code::Internal => Http::INTERNAL_SERVER_ERROR,
        }
    }

    /// Whether the same call may succeed later; only safe with an idempotency key.
    pub fn retryable(&self) -> bool {
        matches!(
            self.code,
            Code::Unavailable | Code::DeadlineExceeded | Code::RateLimited
        )
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.reason, self.code.as_str())
    }
}

// Field messages may quote the input, so they stay out of logs.
impl fmt::Debug for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fields: Vec<_> = self.fields.iter().map(|v| (&v.field, &v.reason)).collect();
        f.debug_struct("Fault")
            .field("code", &self.code)
            .field("reason", &self.reason)
            .field("fields", &fields)
            .field(
                "source",
                &self.source.as_ref().map(|s| database::describe(s.as_ref())),
            )
            .finish()
    }
}

impl StdError for Fault {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}
