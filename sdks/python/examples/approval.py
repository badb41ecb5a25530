"""A tool that only runs once a person has approved the call.

pip install humanrail
"""

from humanrail import ApprovalDeniedError, HumanRail

client = HumanRail()


@client.require_approval(sla_seconds=300)
def issue_refund(order_id: str, amount: float) -> str:
    """Pays an order back."""
    return f"Refunded {amount} for {order_id}."


if __name__ == "__main__":
    try:
        print(issue_refund("o-1", amount=12.5))
    except ApprovalDeniedError as denied:
        print("Denied:", denied.reason)
