//! How long a call waits between attempts. With the clock paused, waiting takes no time and is measured exactly.

use std::time::Duration;

use declarest::{Client, ErrorKind};
use tokio::time::Instant;

use super::{KEY, Keys as _, KeysClient, answered, in_process};

/// Answers with these statuses and values of `Retry-After`, one after the other; the last one stays.
fn client(answers: &[(u16, &'static str)]) -> KeysClient {
    let answers = answers.to_vec();
    in_process(Client::builder("http://localhost"), move |number, _| {
        let (status, lines) = answers[number.min(answers.len() - 1)];
        let mut response = answered(status, KEY);
        for line in lines.split('|').filter(|line| !line.is_empty()) {
            let (name, value) = line.split_once(": ").unwrap_or(("retry-after", line));
            response.headers_mut().append(name, value.trim().parse().unwrap());
        }
        async { Ok(response) }
    })
}

/// Row 20.
#[tokio::test(start_paused = true)]
async fn retry_after_is_obeyed_and_never_undercut() {
    for (asked, seconds) in [
        ("7", 7.0),
        ("1.5", 1.5),
        ("0", 0.0),
        ("retry-after-ms: 2500", 2.5),
        ("retry-after: 9|retry-after-ms: 2500", 2.5),
        ("retry-after-ms: soon|retry-after: 9", 9.0),
        ("3|7", 7.0),
        ("soon|3", 3.0),
    ] {
        let start = Instant::now();
        client(&[(503, asked), (200, "")]).get("key_1").await.unwrap();
        let waited = start.elapsed().as_secs_f64();
        // What is asked for is the least; the jitter of the first wait goes up to half a second.
        let most = f64::max(seconds, 0.5);
        assert!(waited >= seconds && waited <= most + 0.002, "{asked}: {waited}");
    }
}

/// Row 20.
#[tokio::test(start_paused = true)]
async fn what_is_no_wait_leaves_the_usual_one() {
    let digits = "9".repeat(35);
    for asked in
        ["-10", "nan", "inf", "1e309", "1,5", "Sun, 06 Nov 100000 08:49:37 GMT", "soon", "retry-after: "]
    {
        let start = Instant::now();
        client(&[(503, asked), (200, "")]).get("key_1").await.unwrap();
        assert!(start.elapsed() <= Duration::from_millis(501), "{asked}");
    }
    let endless: &'static str = Box::leak(digits.into_boxed_str());
    let error = client(&[(503, endless), (200, "")]).get("key_1").await.unwrap_err();
    assert_eq!((error.attempts(), error.retry_after()), (1, Some(Duration::MAX)));
}

/// A clock that stands, beside tokio's.
struct Frozen(std::time::SystemTime);

impl declarest::Timer for Frozen {
    fn now(&self) -> std::time::Instant {
        Instant::now().into_std()
    }

    fn wall_clock(&self) -> std::time::SystemTime {
        self.0
    }

    fn sleep(&self, duration: Duration) -> std::pin::Pin<Box<dyn Future<Output = ()> + Send>> {
        Box::pin(tokio::time::sleep(duration))
    }

    fn random(&self) -> f64 {
        0.0
    }
}

/// Row 20. The three forms of RFC 9110, 5.6.7, at 6 November 1994, 08:49:37.
#[tokio::test(start_paused = true)]
async fn a_date_is_obeyed_in_each_of_its_forms() {
    let now = std::time::UNIX_EPOCH + Duration::from_secs(784_111_777);
    for (date, seconds) in [
        ("Sun, 06 Nov 1994 08:49:47 GMT", 10),
        ("Sunday, 06-Nov-94 08:49:47 GMT", 10),
        ("Sun Nov  6 08:49:47 1994", 10),
        ("Sun, 06 Nov 1994 08:49:27 GMT", 0),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
        ("Sun, 06 Nov 100000 08:49:37 GMT", 0),
    ] {
        let start = Instant::now();
        let builder = Client::builder("http://localhost").timer(Frozen(now));
        let keys = in_process(builder, move |number, _| {
            let mut response = answered(if number == 0 { 429 } else { 200 }, KEY);
            response.headers_mut().insert("retry-after", date.parse().unwrap());
            async { Ok(response) }
        });
        keys.create("x").await.unwrap();
        assert_eq!(start.elapsed().as_secs(), seconds, "{date}");
    }
}

/// Rows 20 and 23.
#[tokio::test(start_paused = true)]
async fn a_wait_that_is_too_long_is_not_waited_for() {
    for (asked, deadline) in [("121", 600), ("61", 60), ("60", 60), ("Fri, 31 Dec 9999 23:59:59 GMT", 600)] {
        let start = Instant::now();
        let call = client(&[(503, asked), (200, "")]).get("key_1").deadline(Duration::from_secs(deadline));
        let error = call.await.unwrap_err();
        assert!(error.retry_after().unwrap() >= Duration::from_secs(60));
        assert_eq!((error.status().unwrap().as_u16(), start.elapsed()), (503, Duration::ZERO));
        assert_eq!((error.attempts(), error.kind()), (1, ErrorKind::Status));
    }
    let start = Instant::now();
    let call = client(&[(503, "120"), (200, "")]).get("key_1").deadline(Duration::from_secs(600));
    call.await.unwrap();
    assert_eq!(start.elapsed().as_secs(), 120, "the longest that is waited for");
}

/// Row 23.
#[tokio::test(start_paused = true)]
async fn the_last_real_error_comes_out_when_the_time_is_too_short_for_a_wait() {
    let start = Instant::now();
    let call = client(&[(503, "4"), (502, "4"), (500, "4")]).get("a").attempts(9);
    let error = call.deadline(Duration::from_secs(10)).await.unwrap_err();
    let known = (error.kind(), error.status().unwrap().as_u16(), error.attempts());
    assert_eq!(known, (ErrorKind::Status, 500, 3));
    assert_eq!(start.elapsed().as_secs(), 8, "no sleep into the deadline");
}

/// Row 23.
#[tokio::test(start_paused = true)]
async fn the_deadline_is_one_for_all_attempts_and_waits() {
    let keys = in_process(Client::builder("http://localhost"), |_, _| async {
        tokio::time::sleep(Duration::from_secs(25)).await;
        Ok(answered(503, ""))
    });
    let start = Instant::now();
    let error = keys.get("a").attempts(99).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Deadline, 3));
    assert_eq!(start.elapsed().as_secs(), 60);
}

/// Row 18.
#[tokio::test(start_paused = true)]
async fn backoff_stays_below_its_ceiling() {
    for _ in 0..20 {
        let start = Instant::now();
        let error = client(&[(503, "")]).get("key_1").await.unwrap_err();
        assert_eq!(error.attempts(), 3);
        assert!(start.elapsed() <= Duration::from_millis(1502));
    }
}

/// Extremes are values like others.
#[tokio::test(start_paused = true)]
async fn the_longest_times_there_are_do_not_overflow() {
    let builder = Client::builder("http://localhost")
        .deadline(Duration::MAX)
        .attempt_timeout(Duration::MAX)
        .connect_timeout(Duration::MAX)
        .stall_timeout(Duration::MAX)
        .backoff(declarest::Backoff::new(Duration::MAX).with_max(Duration::MAX));
    let keys = in_process(builder, |_, _| async { Ok(answered(503, "")) });
    let limited = Duration::from_secs(3600);
    let error = keys.get("a").deadline(limited).await.unwrap_err();
    assert_eq!((error.status().unwrap().as_u16(), error.attempts()), (503, 1));
    let stream = declarest::Body::new(http_body_util::Full::new(bytes::Bytes::from("x")));
    assert_eq!(keys.stream("a", stream).await.unwrap_err().attempts(), 1);
    let error = keys.get("a").deadline(Duration::ZERO).await.unwrap_err();
    assert_eq!(error.attempts(), 1);
}

/// A clock that jumps an hour to and fro with every look at it, and stands before 1970.
struct Jumping(std::time::Instant, std::sync::atomic::AtomicU64);

impl declarest::Timer for Jumping {
    fn now(&self) -> std::time::Instant {
        let look = self.1.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        self.0 + Duration::from_secs(if look.is_multiple_of(2) { 3600 } else { 0 })
    }

    fn wall_clock(&self) -> std::time::SystemTime {
        std::time::UNIX_EPOCH - Duration::from_secs(9)
    }

    fn sleep(&self, duration: Duration) -> std::pin::Pin<Box<dyn Future<Output = ()> + Send>> {
        Box::pin(tokio::time::sleep(duration))
    }

    fn random(&self) -> f64 {
        f64::NAN
    }
}

/// A clock that goes wrong makes a call give up or go on, and never panic.
#[tokio::test(start_paused = true)]
async fn a_clock_that_jumps_is_survived() {
    for offset in 0..2 {
        let clock = Jumping(std::time::Instant::now(), offset.into());
        let auth = declarest::Auth::provider(|| async {
            Ok(declarest::Auth::bearer("token")?.expires_in(Duration::from_secs(1)))
        });
        let builder = Client::builder("http://localhost").timer(clock).auth(auth);
        let keys = in_process(builder, |number, _| async move {
            let mut response = answered(if number % 3 == 0 { 503 } else { 200 }, KEY);
            response.headers_mut().insert("retry-after", "Thu, 01 Jan 1970 00:00:05 GMT".parse().unwrap());
            Ok(response)
        });
        for _ in 0..5 {
            if let Err(error) = keys.get("a").await {
                assert_eq!(error.status().unwrap(), 503);
            }
            let body = declarest::Body::new(http_body_util::Full::new(bytes::Bytes::from("x")));
            let _ = keys.stream("a", body).await;
        }
    }
}
