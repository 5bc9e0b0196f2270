//! A department says that an answer is ready. The callback itself decides
//! nothing: the errand asks the department again, so repeats and forgeries are harmless.

use yiwang_chassis::fault::{Code, Fault};
use yiwang_proto::casework::v1 as pb;

use crate::{CallError, runtime::Runtime, store};

pub(super) async fn run(
    rt: &Runtime,
    request: pb::DeliverCallbackRequest,
) -> Result<pb::DeliverCallbackResponse, Fault> {
    let key = rt
        .departments
        .callback(&request.department, &request.body, &request.signature)
        .map_err(|error| match error {
            CallError::Refused(_) => {
                Fault::new(Code::Unauthenticated, "SIGNATURE_WRONG", "签名验证失败。")
            }
            CallError::Transient(_) => Fault::unavailable(error),
        })?;
    let mut conn = rt.pool.acquire().await?;
    store::errand::hurry(&mut conn, &key, rt.wall()).await?;
    Ok(pb::DeliverCallbackResponse {})
}
