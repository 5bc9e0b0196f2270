//! Figures of registrations.

use axum::response::Response;
use yiwang_chassis::fault::Fault;
use yiwang_proto::marriage::v1 as pb;

use crate::portal::{
    desk::Desk,
    statistics::{choices, span},
    view::{Section, hall::figures::FiguresPage},
};

/// Registrations of the last thirty days, or of a range.
pub(crate) async fn show(desk: Desk) -> Result<Response, Fault> {
    let who = desk.who()?;
    let (from, to, told) = span(&desk);
    let (divisions, division) = choices(&desk)?;
    let request = pb::GetFiguresRequest {
        division: division.clone(),
        from_day: from.to_string(),
        to_day: to.to_string(),
    };
    let figures = desk.state.backends().figures(who, request).await?;
    let chrome = desk.chrome().titled("登记数字", Section::Hall);
    let range = (division, from.to_string(), to.to_string());
    Ok(desk.page(&FiguresPage::new(chrome, told, divisions, range, &figures)))
}
