"""words seen: what people read of a program's earlier versions, before they were moved."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("enrollment", sa.Column("words_seen", sa.JSON(), server_default="[]", nullable=False))
