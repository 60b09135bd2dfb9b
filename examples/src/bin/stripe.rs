//! See [`declarest_examples::apis::stripe`]: runs against a stand-in for Stripe.

use std::error::Error;

use declarest_examples::apis::stripe::{KEY, Vendor, builder, run};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let vendor = Vendor::start().await?;
    run(builder(&vendor.url(), KEY).build()?, &mut std::io::stdout()).await
}
