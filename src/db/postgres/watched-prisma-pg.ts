import { PrismaPg } from "@prisma/adapter-pg";
import type { Outage } from "./outage.js";

type Adapter = Awaited<ReturnType<PrismaPg["connect"]>>;
type Queryable = Pick<Adapter, "queryRaw" | "executeRaw">;

/** Prisma's adapter, whose statements an Outage takes note of. */
export class WatchedPrismaPg extends PrismaPg {
  constructor(
    private readonly outage: Outage,
    ...parameters: ConstructorParameters<typeof PrismaPg>
  ) {
    super(...parameters);
  }

  override async connect(): Promise<Adapter> {
    const adapter = this.watched(await super.connect());
    const startTransaction = adapter.startTransaction.bind(adapter);
    adapter.startTransaction = async (level) => this.watched(await this.outage.watch(startTransaction(level)));
    return adapter;
  }

  private watched<Target extends Queryable>(target: Target): Target {
    const queryRaw = target.queryRaw.bind(target);
    const executeRaw = target.executeRaw.bind(target);
    target.queryRaw = (query) => this.outage.watch(queryRaw(query));
    target.executeRaw = (query) => this.outage.watch(executeRaw(query));
    return target;
  }
}
