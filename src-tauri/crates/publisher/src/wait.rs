//! How long to wait before asking again.

use std::time::{Duration, SystemTime};

use reqwest::header::{DATE, HeaderMap, RETRY_AFTER};

/// Before the next attempt: anything up to a limit that doubles each time ("full jitter"), so that many
/// readers whose requests failed together do not come back together.
pub(crate) fn backoff(failed_attempts: u32, first: Duration, longest: Duration) -> Duration {
    let doublings = failed_attempts.saturating_sub(1).min(16);
    let limit = first.saturating_mul(1 << doublings).min(longest);
    limit.mul_f64(rand::random::<f64>())
}

/// What a Retry-After header asks for, as seconds or as a date.
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let value = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Duration::from_secs(value.parse().unwrap_or(u64::MAX)));
    }
    let until = httpdate::parse_http_date(value).ok()?;
    // Measured by the site's own clock where it shows it: one of the two clocks may be wrong.
    let now = headers
        .get(DATE)
        .and_then(|date| httpdate::parse_http_date(date.to_str().ok()?).ok())
        .unwrap_or_else(SystemTime::now);
    Some(until.duration_since(now).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;

    use super::*;

    #[test]
    fn backoff_grows_within_its_limit() {
        let (first, longest) = (Duration::from_secs(1), Duration::from_mins(1));
        for (failed, limit) in [(1, 1), (2, 2), (3, 4), (6, 32), (7, 60), (40, 60), (u32::MAX, 60)] {
            let waits: Vec<_> = (0..200).map(|_| backoff(failed, first, longest)).collect();
            let limit = Duration::from_secs(limit);
            assert!(waits.iter().all(|wait| *wait <= limit), "{failed}");
            assert!(waits.iter().any(|wait| *wait > limit / 2), "{failed}: the whole range is used");
            assert!(waits.iter().any(|wait| *wait < limit / 2), "{failed}: the whole range is used");
        }
    }

    #[test]
    fn retry_after_is_read() {
        let date = Some("Tue, 24 Nov 2026 08:00:00 GMT");
        for (value, date, expected) in [
            ("0", None, Some(0)),
            (" 120 ", None, Some(120)),
            ("99999999999999999999999", None, Some(u64::MAX)),
            ("Tue, 24 Nov 2026 08:00:30 GMT", date, Some(30)),
            ("Tuesday, 24-Nov-26 08:01:00 GMT", date, Some(60)),
            ("Tue Nov 24 08:02:00 2026", date, Some(120)),
            ("Tue, 24 Nov 2026 07:00:00 GMT", date, Some(0)),
            ("Thu, 01 Jan 1970 00:00:00 GMT", None, Some(0)),
            ("", None, None),
            ("-5", None, None),
            ("soon", None, None),
            ("1.5", None, None),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(RETRY_AFTER, HeaderValue::from_str(value).unwrap());
            if let Some(date) = date {
                headers.insert(DATE, HeaderValue::from_str(date).unwrap());
            }
            assert_eq!(retry_after(&headers), expected.map(Duration::from_secs), "{value:?}");
        }
        assert_eq!(retry_after(&HeaderMap::new()), None);
    }
}
