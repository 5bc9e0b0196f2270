//! Tokens for programs.

use axum::{Json as Answer, extract::State};
use http::StatusCode;
use schemars::JsonSchema;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use yiwang_chassis::fault::{Code, Fault};

use super::input::Json;
use crate::{
    account::SignInOutcome,
    error::Problem,
    session::{BearerCaller, ClientInfo, TokenPair},
    state::AppState,
};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SignIn {
    /// 登录名
    account: String,
    /// 密码
    #[schemars(with = "String")]
    password: SecretString,
    /// 动态验证码，开通了的账户必填
    totp: Option<String>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Refresh {
    /// 上一次得到的刷新令牌
    #[schemars(with = "String")]
    refresh_token: SecretString,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct Tokens {
    /// 放在 Authorization: Bearer 之后
    access_token: String,
    /// 总是 Bearer
    token_type: &'static str,
    /// 有效秒数
    expires_in: i64,
    /// 用一次，换取下一对令牌
    refresh_token: String,
}

impl From<TokenPair> for Tokens {
    fn from(pair: TokenPair) -> Self {
        Self {
            access_token: pair.access_token,
            token_type: "Bearer",
            expires_in: pair.expires_in,
            refresh_token: pair.refresh_token.expose_secret().to_owned(),
        }
    }
}

pub(super) async fn open(
    State(state): State<AppState>,
    client: ClientInfo,
    Json(body): Json<SignIn>,
) -> Result<Answer<Tokens>, Problem> {
    let totp = body.totp.as_deref().filter(|code| !code.trim().is_empty());
    let outcome = state
        .accounts()
        .sign_in(&body.account, &body.password, totp, &client)
        .await?;
    let who = match outcome {
        SignInOutcome::Done(who) => who,
        SignInOutcome::TotpRequired { .. } => {
            let message = "请填写动态验证码（totp）。";
            return Err(Fault::new(Code::Unauthenticated, "TOTP_REQUIRED", message).into());
        }
        SignInOutcome::TotpEnrolmentRequired(_) => {
            let message = "工作人员账户须先在网页登录并绑定动态验证码。";
            return Err(Fault::new(Code::Forbidden, "TOTP_ENROLMENT_REQUIRED", message).into());
        }
    };
    let pair = state
        .sessions()
        .open_api(&who, &client, state.keyring())
        .await?;
    Ok(Answer(pair.into()))
}

pub(super) async fn refresh(
    State(state): State<AppState>,
    Json(body): Json<Refresh>,
) -> Result<Answer<Tokens>, Problem> {
    let pair = state
        .sessions()
        .refresh(&body.refresh_token, state.keyring())
        .await?;
    Ok(Answer(pair.into()))
}

pub(super) async fn close(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
) -> Result<StatusCode, Problem> {
    state.sessions().sign_out(&who).await?;
    Ok(StatusCode::NO_CONTENT)
}
